package io.inmesh.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.Mesh;
import io.inmesh.client.telemetry.IstioMetrics;
import io.inmesh.client.telemetry.MeshSpans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MeshTelemetryAutoConfigurationTest {

    // Nobody listens there: the mesh never gets a configuration.
    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MeshAutoConfiguration.class, MeshTelemetryAutoConfiguration.class))
            .withPropertyValues(
                    "mesh.control.address=127.0.0.1:1", "mesh.control.plaintext=true", "mesh.startup-timeout=10ms");

    @Test
    void usesTheApplicationsOwnBeans() {
        contexts.withBean(SimpleMeterRegistry.class)
                .withBean(OpenTelemetry.class, OpenTelemetry::noop)
                .run(context -> assertThat(context)
                        .hasSingleBean(Mesh.class)
                        .hasSingleBean(IstioMetrics.class)
                        .hasSingleBean(MeshSpans.class));
    }

    @Test
    void measuresNothingWhereTheApplicationDoesNot() {
        contexts.run(context -> assertThat(context)
                .hasSingleBean(Mesh.class)
                .doesNotHaveBean(IstioMetrics.class)
                .doesNotHaveBean(MeshSpans.class));
    }

    @Test
    void needsNeitherMicrometerNorOpenTelemetry() {
        contexts.withClassLoader(new FilteredClassLoader(MeterRegistry.class, OpenTelemetry.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("istioMetrics")
                        .doesNotHaveBean("meshSpans"));
    }
}
