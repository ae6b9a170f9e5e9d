package io.inmesh.spring.autoconfigure;

import io.inmesh.client.Mesh;
import io.inmesh.spring.http.MeshPolicies;
import io.inmesh.spring.http.ServiceGroups;
import io.inmesh.spring.reactive.ConnectorPostProcessor;
import io.inmesh.spring.reactive.MeshReactiveGroupConfigurer;
import io.inmesh.spring.reactive.ReactiveHttp;
import io.inmesh.spring.reactive.WebClientPostProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;
import reactor.netty.http.client.HttpClient;

/** Sends the application's WebClients through the mesh, where Reactor Netty is there to carry them. */
@AutoConfiguration(after = MeshHttpClientAutoConfiguration.class)
@ConditionalOnClass({HttpClient.class, ClientHttpConnector.class})
@ConditionalOnBean(Mesh.class)
public final class MeshWebClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ReactiveHttp meshReactiveHttp(Mesh mesh, MeshPolicies policies) {
        return new ReactiveHttp(mesh.reactor(), mesh::carries, policies);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ClientHttpConnectorBuilder.class)
    static class ConnectorConfiguration {

        @Bean
        @ConditionalOnMissingBean
        static ConnectorPostProcessor meshConnectorPostProcessor(ObjectProvider<ReactiveHttp> mesh) {
            return new ConnectorPostProcessor(mesh::getObject);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebClient.class)
    static class WebClientConfiguration {

        @Bean
        @ConditionalOnMissingBean
        static WebClientPostProcessor meshWebClientPostProcessor(ObjectProvider<ReactiveHttp> mesh) {
            return new WebClientPostProcessor(mesh::getObject);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebClientHttpServiceGroupConfigurer.class)
    static class GroupConfiguration {

        @Bean
        @ConditionalOnMissingBean
        MeshReactiveGroupConfigurer meshReactiveGroupConfigurer(MeshPolicies policies, Environment environment) {
            return new MeshReactiveGroupConfigurer(new ServiceGroups(policies, environment));
        }
    }
}
