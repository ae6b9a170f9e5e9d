package io.inmesh.spring.autoconfigure;

import io.inmesh.agent.MeshAgent;
import io.inmesh.client.Mesh;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.startup.Tomcat;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the embedded web server behind the mesh, and refuses to start one that it cannot protect. */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass(WebServerFactory.class)
@ConditionalOnBean(Mesh.class)
@ConditionalOnBooleanProperty(name = "mesh.inbound.enabled", matchIfMissing = true)
@Import({MeshInboundAutoConfiguration.TomcatConfiguration.class, UnprotectedServerRefusal.class})
public final class MeshInboundAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MeshDrain meshDrain(
            ApplicationContext application,
            MeshProperties properties,
            ObjectProvider<MeshAgent> agents,
            ObjectProvider<DrainedServer> servers) {
        return new MeshDrain(
                application,
                properties.shutdownDelay(),
                () -> agents.ifAvailable(MeshAgent::leave),
                servers.orderedStream().toList(),
                delay -> TimeUnit.NANOSECONDS.sleep(delay.toNanos()));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Tomcat.class, TomcatWebServerFactory.class})
    static class TomcatConfiguration {

        @Bean
        @ConditionalOnMissingBean
        MeshTomcatCustomizer meshTomcatCustomizer(ObjectProvider<Mesh> mesh) {
            return new MeshTomcatCustomizer(mesh::getObject);
        }
    }
}
