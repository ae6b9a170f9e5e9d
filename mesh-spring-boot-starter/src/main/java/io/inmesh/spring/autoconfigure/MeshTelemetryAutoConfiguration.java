package io.inmesh.spring.autoconfigure;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.Workload;
import io.inmesh.client.Mesh;
import io.inmesh.client.telemetry.IstioMetrics;
import io.inmesh.client.telemetry.MeshSpans;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Istio's metrics in the application's own registry, and spans through its own OpenTelemetry; never through globals. */
@AutoConfiguration(
        after = MeshAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
            "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration"
        })
@ConditionalOnBean(Mesh.class)
public final class MeshTelemetryAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class MetricsConfiguration {

        @Bean
        @ConditionalOnMissingBean
        IstioMetrics istioMetrics(MeterRegistry registry, MeshProperties properties, Environment environment) {
            return new IstioMetrics(registry, self(properties, environment));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(OpenTelemetry.class)
    @ConditionalOnBean(OpenTelemetry.class)
    static class SpansConfiguration {

        @Bean
        @ConditionalOnMissingBean
        MeshSpans meshSpans(OpenTelemetry openTelemetry) {
            return new MeshSpans(openTelemetry);
        }
    }

    private static Workload self(MeshProperties properties, Environment environment) {
        MeshProperties.Workload workload = properties.workload();
        Map<String, String> labels = workload.labels();
        String app = labels.getOrDefault("app", environment.getProperty("spring.application.name", ""));
        String version = labels.getOrDefault("version", "");
        SpiffeId principal =
                SpiffeId.of(new TrustDomain(properties.trustDomain()), workload.namespace(), workload.serviceAccount());
        return new Workload(
                app,
                workload.namespace(),
                app,
                version,
                labels.getOrDefault("service.istio.io/canonical-name", app),
                labels.getOrDefault("service.istio.io/canonical-revision", version.isEmpty() ? "latest" : version),
                "Kubernetes",
                principal.uri());
    }
}
