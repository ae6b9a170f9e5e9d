package io.inmesh.spring.autoconfigure;

import io.inmesh.client.Mesh;
import io.inmesh.client.MeshState;
import io.inmesh.spring.access.CallerRules;
import io.inmesh.spring.actuate.Denials;
import io.inmesh.spring.actuate.MeshEndpoint;
import io.inmesh.spring.actuate.MeshHealthIndicator;
import io.inmesh.spring.actuate.MeshReadinessIndicator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.health.application.ReadinessStateHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Readiness that waits for the mesh, the mesh's health, and its endpoint. */
@AutoConfiguration(
        after = {MeshAutoConfiguration.class, MeshAccessAutoConfiguration.class},
        beforeName =
                "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnBean(Mesh.class)
public final class MeshActuatorAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ReadinessStateHealthIndicator.class)
    static class HealthConfiguration {

        /** Takes the place of Spring Boot's own, which is of that name. */
        @Bean
        @ConditionalOnMissingBean(name = "readinessStateHealthIndicator")
        MeshReadinessIndicator readinessStateHealthIndicator(ApplicationAvailability availability, Mesh mesh) {
            return new MeshReadinessIndicator(availability, () -> mesh.state().health() != MeshState.Health.DOWN);
        }

        @Bean
        @ConditionalOnEnabledHealthIndicator("mesh")
        @ConditionalOnMissingBean(name = "meshHealthIndicator")
        MeshHealthIndicator meshHealthIndicator(Mesh mesh) {
            return new MeshHealthIndicator(mesh::state);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    static class EndpointConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        MeshEndpoint meshEndpoint(Mesh mesh, Denials denials, ObjectProvider<CallerRules> rules) {
            return new MeshEndpoint(mesh::state, denials, () -> rules.stream()
                    .flatMap(each -> each.describe().stream())
                    .toList());
        }
    }
}
