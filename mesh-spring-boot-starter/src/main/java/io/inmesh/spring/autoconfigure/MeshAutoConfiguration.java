package io.inmesh.spring.autoconfigure;

import io.inmesh.agent.MeshAgent;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.client.Mesh;
import io.inmesh.client.MeshBuilder;
import io.inmesh.client.adapter.resilience4j.Resilience4jGuards;
import io.inmesh.client.telemetry.PolicyLog;
import io.inmesh.spring.actuate.Denials;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/** Makes the application a member of the mesh, or says in one line that it is none. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "mesh.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MeshProperties.class)
@ImportRuntimeHints(MeshRuntimeHints.class)
public final class MeshAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Denials meshDenials() {
        return new Denials(MeshClock.system());
    }

    @Bean
    @ConditionalOnMissingBean
    PolicyLog meshPolicyLog() {
        return new PolicyLog();
    }

    /** Connects when the mesh starts its sources; closed after it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("mesh.control.address")
    @ConditionalOnMissingBean(Mesh.class)
    static class AgentConfiguration {

        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean
        MeshAgent meshAgent(MeshProperties properties, Environment environment) {
            return new AgentFactory(properties, environment)
                    .agent(environment.getRequiredProperty("mesh.control.address"));
        }
    }

    /** Breakers, bulkheads and rate limiters of annotations and properties; its registries are for events and metrics. */
    @Bean
    @ConditionalOnMissingBean
    Resilience4jGuards meshGuards() {
        return new Resilience4jGuards(MeshClock.system());
    }

    @Bean(destroyMethod = "close")
    @Conditional(OnMeshConfigured.class)
    @ConditionalOnMissingBean
    Mesh mesh(
            MeshProperties properties,
            Resilience4jGuards guards,
            ObjectProvider<MeshAgent> agents,
            ObjectProvider<MeshListener> listeners) {
        MeshBuilder mesh = Mesh.builder()
                .guards(guards)
                .retrySafety(properties.retrySafety())
                .deadlines(properties.deadlines());
        if (properties.faults().enabled()) {
            mesh.allowFaults();
        }
        MeshAgent agent = agents.getIfAvailable();
        Path files = properties.files();
        if (agent != null && files != null) {
            throw new MeshConfigurationException(
                    "mesh.files and mesh.control.address both say where the configuration comes from: remove one");
        }
        if (agent != null) {
            mesh.config(agent.configSource()).identity(agent.identitySource());
        } else if (files != null) {
            mesh.files(files);
        }
        listeners.orderedStream().forEach(mesh::listener);
        debugging(mesh, properties);
        return mesh.build();
    }

    private static void debugging(MeshBuilder mesh, MeshProperties properties) {
        Integer adminPort = properties.admin().port();
        if (adminPort != null) {
            mesh.adminPort(adminPort);
        }
        MeshProperties.AccessLog log = properties.accessLog();
        Path file = log.file();
        if (!log.enabled() && file != null) {
            throw new MeshConfigurationException(
                    "mesh.access-log.file has no effect without mesh.access-log.enabled=true");
        }
        if (log.enabled() && file != null) {
            mesh.accessLog(log.format(), file);
        } else if (log.enabled()) {
            mesh.accessLog(log.format());
        }
    }

    @Bean
    @ConditionalOnBean(Mesh.class)
    @ConditionalOnMissingBean
    MeshStart meshStart(Mesh mesh, MeshProperties properties) {
        return new MeshStart(mesh, properties);
    }

    @Bean
    @ConditionalOnMissingBean({Mesh.class, MeshPassThroughNotice.class})
    MeshPassThroughNotice meshPassThroughNotice() {
        return new MeshPassThroughNotice();
    }
}
