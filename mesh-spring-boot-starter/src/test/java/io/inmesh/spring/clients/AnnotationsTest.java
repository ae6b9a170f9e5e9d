package io.inmesh.spring.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.inmesh.api.annotation.MeshCircuitBreaker;
import io.inmesh.api.annotation.MeshFallback;
import io.inmesh.api.annotation.MeshRateLimit;
import io.inmesh.api.annotation.MeshRetry;
import io.inmesh.api.annotation.MeshRoute;
import io.inmesh.api.annotation.MeshTimeout;
import io.inmesh.client.adapter.resilience4j.Resilience4jGuards;
import io.inmesh.spring.functional.EmbeddedMesh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** Annotations of HTTP interfaces and of beans that make clients, down to the wire; and what comes before them. */
class AnnotationsTest {

    private static final String SERVICES = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: plain, namespace: shop}
            spec:
              hosts: [plain.test, other.test]
              location: MESH_EXTERNAL
              resolution: STATIC
              ports: [{number: 80, name: http, protocol: HTTP}]
              endpoints: [{address: 127.0.0.1, ports: {http: %1$d}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: other, namespace: shop}
            spec:
              hosts: [other.test]
              http: [{route: [{destination: {host: other.test}}], retries: {attempts: 0}}]
            """;

    @TempDir
    private static Path folder;

    private static Upstream upstream;
    private static EmbeddedMesh control;
    private static ConfigurableApplicationContext application;

    @HttpExchange
    @MeshRetry(attempts = 1, retryOn = "5xx", backoff = "1ms")
    interface Plain {

        @GetExchange("/flaky/{id}")
        String flaky(@PathVariable String id);

        @GetExchange("/flaky/{id}")
        @MeshRoute(host = "other.test")
        String flakyElsewhere(@PathVariable String id);

        @GetExchange("/hangs/{id}")
        @MeshTimeout("300ms")
        @MeshRetry(attempts = 0)
        @MeshFallback(body = "[]")
        String hangs(@PathVariable String id);

        @GetExchange("/hangs/{id}")
        @MeshTimeout("1h")
        @MeshRetry(attempts = 0)
        String bounded(@PathVariable String id);

        @GetExchange("/broken/{id}")
        @MeshRetry(attempts = 0)
        @MeshCircuitBreaker(slidingWindowSize = 2, minimumNumberOfCalls = 2)
        String broken(@PathVariable String id);

        @GetExchange("/echo/{id}")
        @MeshRateLimit(permits = 1, per = "1h")
        String limited(@PathVariable String id);

        @GetExchange("/duplicates")
        @MeshRoute(headers = "x-asked: by annotation")
        String asked();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ImportHttpServices(group = "plain.test", types = Plain.class)
    static class Application {

        @Bean
        @MeshFallback(status = 203, body = "from the bean")
        RestClient annotated(RestClient.Builder builder) {
            return builder.build();
        }

        @Bean
        @MeshFallback(status = 203, body = "from the bean")
        RestTemplate template() {
            return new RestTemplate();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        upstream = new Upstream();
        control = new EmbeddedMesh(folder, SERVICES.formatted(upstream.port()));
        application = control.start(
                Application.class,
                "caller",
                0,
                "--mesh.clients[" + Plain.class.getName() + "].retries.backoff=2ms",
                "--mesh.clients.template.timeout=300ms",
                "--mesh.clients[plain.test].connection-pool.http.max-retries=7");
    }

    @AfterAll
    static void stop() {
        upstream.close();
        control.close();
    }

    private static Plain plain() {
        return application.getBean(Plain.class);
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    @Test
    void aGroupsNameIsItsHostAndItsTypesRetryHolds() {
        String id = fresh();

        assertThat(plain().flaky(id)).isEqualTo("at last");
        assertThat(upstream.count("/flaky/" + id)).isEqualTo(2);
        assertThat(upstream.last.getHeaders().get("Host")).isEqualTo("plain.test");
    }

    @Test
    void anOperatorsRetriesComeBeforeTheAnnotations() {
        String id = fresh();

        assertThatThrownBy(() -> plain().flakyElsewhere(id))
                .isInstanceOf(HttpServerErrorException.ServiceUnavailable.class);
        assertThat(upstream.count("/flaky/" + id)).isEqualTo(1);
        assertThat(upstream.last.getHeaders().get("Host")).isEqualTo("other.test");
    }

    @Test
    void aTimeoutEndsInTheFallback() {
        assertThat(plain().hangs(fresh())).isEqualTo("[]");
    }

    @Test
    void aBreakerIsResilience4jsWithItsRegistry() {
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> plain().broken(fresh())).isInstanceOf(HttpServerErrorException.class);
        }

        CircuitBreaker breaker = application
                .getBean(Resilience4jGuards.class)
                .circuitBreakers()
                .getAllCircuitBreakers()
                .iterator()
                .next();
        assertThat(breaker.getName()).isEqualTo(Plain.class.getName() + "#broken(String)");
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThat(breaker.getMetrics().getNumberOfNotPermittedCalls()).isEqualTo(2);
    }

    @Test
    void aLimitIsToldAsEnvoyTellsIt() {
        plain().limited(fresh());

        assertThatThrownBy(() -> plain().limited(fresh())).hasMessageContaining("429");
    }

    @Test
    void headersOfTheRouteTravel() {
        assertThat(plain().asked()).isEqualTo("by annotation");
    }

    @Test
    void aBeansAnnotationsAndPropertiesHoldForItsCalls() {
        RestTemplate template = application.getBean(RestTemplate.class);

        assertThat(template.getForObject("http://plain.test/hangs/" + fresh(), String.class))
                .as("the property's timeout, the annotation's fallback")
                .isEqualTo("from the bean");
    }

    @Test
    void aRestClientOfSpringBootsBuilderHasItsBeansAnnotations() throws IOException {
        RestClient client = application.getBean("annotated", RestClient.class);

        assertThat(client.get()
                        .uri("http://plain.test/alwayscut/" + fresh())
                        .retrieve()
                        .body(String.class))
                .isEqualTo("from the bean");
    }
}
