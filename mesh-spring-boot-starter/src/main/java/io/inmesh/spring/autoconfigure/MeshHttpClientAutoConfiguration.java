package io.inmesh.spring.autoconfigure;

import io.inmesh.client.Mesh;
import io.inmesh.spring.http.MeshHttp;
import io.inmesh.spring.http.OkHttpClientPostProcessor;
import io.inmesh.spring.http.RequestFactoryBuilderPostProcessor;
import io.inmesh.spring.http.RestClientPostProcessor;
import io.inmesh.spring.http.RestTemplatePostProcessor;
import okhttp3.OkHttpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Sends the application's HTTP clients through the mesh. The mesh is asked for when the first of them is made, not earlier. */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnBean(Mesh.class)
public final class MeshHttpClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MeshHttp meshHttp(Mesh mesh) {
        return new MeshHttp(new OkHttpClient(), mesh::okHttp, uri -> true);
    }

    @Bean
    @ConditionalOnMissingBean
    static OkHttpClientPostProcessor meshOkHttpClientPostProcessor(ObjectProvider<MeshHttp> mesh) {
        return new OkHttpClientPostProcessor(mesh::getObject);
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
