package io.inmesh.spring.autoconfigure;

import io.inmesh.client.Mesh;
import io.inmesh.client.MeshState;
import io.inmesh.spring.probe.AvailabilityProbes;
import io.inmesh.spring.probe.HealthGroupProbes;
import io.inmesh.spring.probe.ProbeServer;
import io.inmesh.spring.probe.ProbeSource;
import io.inmesh.spring.probe.PrometheusProbe;
import io.inmesh.spring.probe.StartingLiveness;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Opens the probe port. */
@AutoConfiguration(
        after = MeshAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration"
        })
@ConditionalOnBean(Mesh.class)
@ConditionalOnBooleanProperty(name = "mesh.probe.enabled", matchIfMissing = true)
public final class MeshProbeAutoConfiguration {

    private static final int THREADS = 4;
    private static final int FIRST = -100;
    private static final int LAST = 100;

    @Bean
    @ConditionalOnMissingBean
    ProbeServer meshProbeServer(MeshProperties properties, ObjectProvider<ProbeSource> sources, Mesh mesh) {
        MeshProperties.Probe probe = properties.probe();
        InetSocketAddress address = probe.address() == null
                ? new InetSocketAddress(probe.port())
                : new InetSocketAddress(probe.address(), probe.port());
        return new ProbeServer(
                address, sources.orderedStream().toList(), threads(), MeshPhases.PROBES, mesh::leaveOpen);
    }

    private static ExecutorService threads() {
        return Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "mesh-probe");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static String actuatorPath(Environment environment) {
        return environment.getProperty("management.endpoints.web.base-path", "/actuator");
    }

    @Bean
    @Order(FIRST)
    StartingLiveness meshStartingLiveness(ApplicationAvailability availability, Environment environment) {
        return new StartingLiveness(() -> starting(availability), actuatorPath(environment));
    }

    @Bean
    @Order(LAST)
    AvailabilityProbes meshAvailabilityProbes(Mesh mesh, ApplicationAvailability availability) {
        return new AvailabilityProbes(
                () -> starting(availability) || availability.getLivenessState() == LivenessState.CORRECT,
                () -> mesh.state().health() != MeshState.Health.DOWN
                        && availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
    }

    private static boolean starting(ApplicationAvailability availability) {
        return availability.getLastChangeEvent(LivenessState.class) == null;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthEndpoint.class)
    @ConditionalOnBean({HealthEndpoint.class, HealthEndpointGroups.class})
    static class HealthConfiguration {

        @Bean
        @Order(0)
        @ConditionalOnMissingBean
        HealthGroupProbes meshHealthGroupProbes(
                HealthEndpoint health, HealthEndpointGroups groups, Environment environment) {
            return new HealthGroupProbes(health, groups, actuatorPath(environment));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(PrometheusMeterRegistry.class)
    @ConditionalOnBean(PrometheusMeterRegistry.class)
    static class PrometheusConfiguration {

        @Bean
        @Order(0)
        @ConditionalOnMissingBean
        PrometheusProbe meshPrometheusProbe(PrometheusMeterRegistry meters, Environment environment) {
            return new PrometheusProbe(meters, actuatorPath(environment));
        }
    }
}
