package io.inmesh.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.client.Mesh;
import io.inmesh.spring.actuate.MeshEndpoint;
import io.inmesh.spring.actuate.MeshHealthIndicator;
import io.inmesh.spring.actuate.MeshReadinessIndicator;
import io.inmesh.spring.http.MeshClientHttpRequestFactoryBuilder;
import io.inmesh.spring.http.MeshHttp;
import io.inmesh.spring.http.OkHttpClientPostProcessor;
import io.inmesh.spring.http.RequestFactoryBuilderPostProcessor;
import io.inmesh.spring.http.RestClientPostProcessor;
import io.inmesh.spring.http.RestTemplatePostProcessor;
import io.inmesh.spring.probe.AvailabilityProbes;
import io.inmesh.spring.probe.HealthGroupProbes;
import io.inmesh.spring.probe.ProbeServer;
import io.inmesh.spring.probe.PrometheusProbe;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.application.ReadinessStateHealthIndicator;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

@ExtendWith(OutputCaptureExtension.class)
class MeshAutoConfigurationTest {

    private final ApplicationContextRunner unconfigured = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ApplicationAvailabilityAutoConfiguration.class,
                    MeshAutoConfiguration.class,
                    MeshHttpClientAutoConfiguration.class,
                    MeshProbeAutoConfiguration.class,
                    MeshInboundAutoConfiguration.class,
                    MeshActuatorAutoConfiguration.class))
            .withPropertyValues("mesh.probe.port=0", "mesh.probe.address=127.0.0.1", "mesh.startup-timeout=10ms");

    // Nobody listens there: the mesh never gets a configuration.
    private final ApplicationContextRunner contexts =
            unconfigured.withPropertyValues("mesh.control.address=127.0.0.1:1", "mesh.control.plaintext=true");

    @Test
    void withoutAControlServiceThereIsOneLineAndEverythingPassesThrough(CapturedOutput output) {
        unconfigured.run(context -> assertThat(context)
                .doesNotHaveBean(Mesh.class)
                .doesNotHaveBean(MeshHttp.class)
                .doesNotHaveBean(ProbeServer.class));

        assertThat(output.getAll().lines().filter(line -> line.contains("Mesh:")))
                .hasSize(1);
    }

    @Test
    void theAdminEndpointIsThereOnlyIfItsPortIsSet() {
        contexts.run(
                context -> assertThat(context.getBean(Mesh.class).adminPort()).isEmpty());
        contexts.withPropertyValues("mesh.admin.port=0").run(context -> assertThat(
                        context.getBean(Mesh.class).adminPort().orElse(0))
                .isPositive());
    }

    @Test
    void switchedOffItIsNotThere(CapturedOutput output) {
        contexts.withPropertyValues("mesh.enabled=false").run(context -> assertThat(context)
                .doesNotHaveBean(Mesh.class)
                .doesNotHaveBean(MeshHttp.class)
                .doesNotHaveBean(ProbeServer.class));

        assertThat(output.getAll()).doesNotContain("Mesh:");
    }

    @Test
    void coversEveryClientThatIsOnTheClassPath() {
        contexts.run(context -> assertThat(context)
                .hasSingleBean(OkHttpClientPostProcessor.class)
                .hasSingleBean(RequestFactoryBuilderPostProcessor.class)
                .hasSingleBean(RestClientPostProcessor.class)
                .hasSingleBean(RestTemplatePostProcessor.class));
    }

    @Test
    void coversOkHttpAloneWhereSpringHasNoClients() {
        contexts.withClassLoader(new FilteredClassLoader(
                        RestTemplate.class, RestClient.class, ClientHttpRequestFactoryBuilder.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(OkHttpClientPostProcessor.class)
                        .doesNotHaveBean("meshRequestFactoryBuilderPostProcessor")
                        .doesNotHaveBean("meshRestClientPostProcessor")
                        .doesNotHaveBean("meshRestTemplatePostProcessor"));
    }

    @Test
    void takesTheBuilderOfSpringBootsClients() {
        contexts.withConfiguration(AutoConfigurations.of(
                        HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class))
                .run(context -> assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class))
                        .isInstanceOf(MeshClientHttpRequestFactoryBuilder.class));
    }

    @Test
    void doesNotMakeTheMeshBeforeTheApplicationsOwnBeans(CapturedOutput output) {
        contexts.run(context -> assertThat(context).hasNotFailed());

        assertThat(output.getAll()).doesNotContain("is not eligible for getting processed by all BeanPostProcessors");
    }

    @Test
    void startsWithoutBeingReadyWhenTheControlServiceIsNeverReached(CapturedOutput output) {
        contexts.run(context -> {
            assertThat(context).hasNotFailed();
            int port = context.getBean(ProbeServer.class).port();
            assertThat(status(port, "/healthz/ready")).isEqualTo(503);
            assertThat(status(port, "/livez")).isEqualTo(200);
        });

        assertThat(output.getAll()).contains("starts without being ready");
    }

    @Test
    void hasNoProbePortWhereItIsSwitchedOff() {
        contexts.withPropertyValues("mesh.probe.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ProbeServer.class));
    }

    @Test
    void failsTheStartWhenTheProbePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            contexts.withPropertyValues("mesh.probe.port=" + taken.getLocalPort())
                    .run(context -> assertThat(context).getFailure().rootCause().isInstanceOf(IOException.class));
            contexts.withPropertyValues("mesh.probe.port=" + taken.getLocalPort())
                    .run(context -> assertThat(context.getStartupFailure())
                            .hasStackTraceContaining(MeshConfigurationException.class.getName())
                            .hasStackTraceContaining("mesh.probe.port"));
        }
    }

    @Test
    void probesWithoutActuatorKnowReadinessOnly() {
        contexts.withClassLoader(new FilteredClassLoader(
                        HealthEndpoint.class, ReadinessStateHealthIndicator.class, PrometheusMeterRegistry.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(AvailabilityProbes.class)
                        .doesNotHaveBean("meshHealthGroupProbes")
                        .doesNotHaveBean("meshPrometheusProbe")
                        .doesNotHaveBean("meshHealthIndicator"));
    }

    @Test
    void withActuatorReadinessWaitsForTheMeshAndHealthTellsOfIt() {
        contexts.withConfiguration(health()).run(context -> {
            assertThat(context).hasSingleBean(HealthGroupProbes.class).hasSingleBean(MeshHealthIndicator.class);
            assertThat(context.getBean("readinessStateHealthIndicator")).isInstanceOf(MeshReadinessIndicator.class);
            int port = context.getBean(ProbeServer.class).port();
            assertThat(status(port, "/actuator/health/readiness")).isEqualTo(503);
            assertThat(status(port, "/actuator/health/liveness")).isEqualTo(200);
            assertThat(status(port, "/actuator/health")).isEqualTo(503);
            assertThat(status(port, "/actuator/health/mesh")).isEqualTo(404);
        });
    }

    @Test
    void theMeshsHealthCanBeSwitchedOff() {
        contexts.withConfiguration(health())
                .withPropertyValues("management.health.mesh.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(MeshHealthIndicator.class));
    }

    @Test
    void servesMetricsOfARegistryThatIsThere() {
        contexts.withBean(PrometheusMeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .run(context -> {
                    assertThat(context).hasSingleBean(PrometheusProbe.class);
                    assertThat(status(context.getBean(ProbeServer.class).port(), "/actuator/prometheus"))
                            .isEqualTo(200);
                });
    }

    @Test
    void theEndpointIsThereWhereItIsExposed() {
        contexts.withPropertyValues("management.endpoints.web.exposure.include=mesh")
                .run(context -> assertThat(context).hasSingleBean(MeshEndpoint.class));
        contexts.run(context -> assertThat(context).doesNotHaveBean(MeshEndpoint.class));
    }

    private static AutoConfigurations health() {
        return AutoConfigurations.of(
                HealthContributorRegistryAutoConfiguration.class,
                HealthContributorAutoConfiguration.class,
                AvailabilityProbesAutoConfiguration.class,
                HealthEndpointAutoConfiguration.class);
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
