package io.inmesh.spring.autoconfigure;

import feign.Client;
import io.inmesh.client.Mesh;
import io.inmesh.client.adapter.apache.ApacheMesh;
import io.inmesh.client.adapter.feign.MeshFeignClient;
import io.inmesh.client.adapter.jdk.MeshHttpClient;
import io.inmesh.client.adapter.retrofit.RetrofitPolicies;
import io.inmesh.spring.http.ClientPostProcessor;
import io.inmesh.spring.http.MeshGroupConfigurer;
import io.inmesh.spring.http.MeshHttp;
import io.inmesh.spring.http.MeshPolicies;
import io.inmesh.spring.http.OkHttpClientPostProcessor;
import io.inmesh.spring.http.PolicyPlacement;
import io.inmesh.spring.http.RequestFactoryBuilderPostProcessor;
import io.inmesh.spring.http.RestClientPostProcessor;
import io.inmesh.spring.http.RestTemplatePostProcessor;
import io.inmesh.spring.http.ServiceGroups;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import retrofit2.Invocation;

/** Sends the application's HTTP clients through the mesh. The mesh is asked for when the first of them is made, not earlier. */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnBean(Mesh.class)
public final class MeshHttpClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MeshPolicies meshPolicies(MeshProperties properties, Mesh mesh, ConfigurableListableBeanFactory beans) {
        return new MeshPolicies(properties.clients(), name -> factoryMethod(beans, name), mesh::prepare);
    }

    private static @Nullable Method factoryMethod(ConfigurableListableBeanFactory beans, String bean) {
        return beans.containsBeanDefinition(bean)
                        && beans.getMergedBeanDefinition(bean) instanceof RootBeanDefinition definition
                ? definition.getResolvedFactoryMethod()
                : null;
    }

    @Bean
    @ConditionalOnMissingBean
    MeshHttp meshHttp(Mesh mesh, MeshPolicies policies) {
        return new MeshHttp(new OkHttpClient(), mesh::okHttp, mesh::carries, policies);
    }

    @Bean
    @ConditionalOnMissingBean
    static OkHttpClientPostProcessor meshOkHttpClientPostProcessor(ObjectProvider<MeshHttp> mesh) {
        return new OkHttpClientPostProcessor(mesh::getObject);
    }

    @Bean
    @ConditionalOnMissingBean(name = "meshJdkHttpClientPostProcessor")
    static ClientPostProcessor<HttpClient> meshJdkHttpClientPostProcessor(ObjectProvider<MeshHttp> mesh) {
        return new ClientPostProcessor<>(
                HttpClient.class,
                mesh::getObject,
                (http, client, bean) -> MeshHttpClient.of(client, http.joined(bean), http.inMesh()));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CloseableHttpClient.class)
    static class ApacheConfiguration {

        /** A builder keeps all that the application puts into its client. */
        @Bean
        @ConditionalOnMissingBean(name = "meshApacheBuilderPostProcessor")
        static ClientPostProcessor<HttpClientBuilder> meshApacheBuilderPostProcessor(ObjectProvider<MeshHttp> mesh) {
            return new ClientPostProcessor<>(
                    HttpClientBuilder.class,
                    mesh::getObject,
                    (http, builder, bean) -> ApacheMesh.join(builder, http.joined(bean), http.inMesh()));
        }

        @Bean
        @ConditionalOnMissingBean(name = "meshApacheClientPostProcessor")
        static ClientPostProcessor<CloseableHttpClient> meshApacheClientPostProcessor(ObjectProvider<MeshHttp> mesh) {
            return new ClientPostProcessor<>(
                    CloseableHttpClient.class,
                    mesh::getObject,
                    (http, client, bean) -> ApacheMesh.before(client, http.joined(bean), http.inMesh()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Client.class)
    static class FeignConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "meshFeignClientPostProcessor")
        static ClientPostProcessor<Client> meshFeignClientPostProcessor(ObjectProvider<MeshHttp> mesh) {
            return new ClientPostProcessor<>(
                    Client.class,
                    mesh::getObject,
                    (http, client, bean) ->
                            MeshFeignClient.of(client, http.joined(bean), http.inMesh(), http.policies()::of));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Invocation.class)
    static class RetrofitConfiguration {

        /** Before the mesh's own, so that calls carry what their methods ask for when they come to it. */
        @Bean
        @ConditionalOnMissingBean(name = "meshRetrofitPostProcessor")
        static ClientPostProcessor<OkHttpClient> meshRetrofitPostProcessor(ObjectProvider<MeshHttp> mesh) {
            return new ClientPostProcessor<>(
                    OkHttpClient.class, mesh::getObject, (http, client, bean) -> client.newBuilder()
                            .addInterceptor(new RetrofitPolicies(http.policies()::of))
                            .build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ClientHttpRequestFactoryBuilder.class)
    static class BuilderConfiguration {

        @Bean
        @ConditionalOnMissingBean
        static RequestFactoryBuilderPostProcessor meshRequestFactoryBuilderPostProcessor(
                ObjectProvider<MeshHttp> mesh) {
            return new RequestFactoryBuilderPostProcessor(mesh::getObject);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClientHttpServiceGroupConfigurer.class)
    static class GroupConfiguration {

        @Bean
        @ConditionalOnMissingBean
        PolicyPlacement meshPolicyPlacement(ConfigurableListableBeanFactory beans, MeshPolicies policies) {
            return new PolicyPlacement(beans, policies);
        }

        @Bean
        @ConditionalOnMissingBean
        MeshGroupConfigurer meshGroupConfigurer(MeshPolicies policies, Environment environment) {
            return new MeshGroupConfigurer(new ServiceGroups(policies, environment));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestTemplate.class)
    static class RestTemplateConfiguration {

        @Bean
        @ConditionalOnMissingBean
        static RestTemplatePostProcessor meshRestTemplatePostProcessor(ObjectProvider<MeshHttp> mesh) {
            return new RestTemplatePostProcessor(mesh::getObject);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClient.class)
    static class RestClientConfiguration {

        @Bean
        @ConditionalOnMissingBean
        static RestClientPostProcessor meshRestClientPostProcessor(ObjectProvider<MeshHttp> mesh) {
            return new RestClientPostProcessor(mesh::getObject);
        }
    }
}
