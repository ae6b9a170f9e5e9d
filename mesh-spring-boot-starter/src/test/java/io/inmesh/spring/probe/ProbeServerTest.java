package io.inmesh.spring.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inmesh.api.error.MeshConfigurationException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbeServerTest {

    private final AtomicBoolean ready = new AtomicBoolean();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProbeServer server = server(0);

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void tellsReadinessAsItIsAtTheMoment() throws Exception {
        server.start();
        assertThat(call("GET", "/healthz/ready").statusCode()).isEqualTo(503);

        ready.set(true);

        assertThat(call("GET", "/readyz").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/livez").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void servesMetricsWhereTheActuatorAndIstioHaveThem() throws Exception {
        server.start();
        meters.counter("bookshop.requests").increment();

        assertThat(call("GET", "/actuator/prometheus").body()).contains("bookshop_requests_total 1.0");
        assertThat(call("GET", "/stats/prometheus").body()).contains("bookshop_requests_total 1.0");
    }

    @Test
    void servesNothingElse() throws Exception {
        server.start();

        assertThat(call("GET", "/").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/actuator/env").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/livez/../actuator/env").statusCode()).isEqualTo(404);
        assertThat(call("POST", "/livez").statusCode()).isEqualTo(405);
    }

    @Test
    void answersHeadWithoutBody() throws Exception {
        server.start();

        assertThat(call("HEAD", "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void namesThePropertyWhenItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProbeServer second = server(taken.getLocalPort());

            assertThatExceptionOfType(MeshConfigurationException.class)
                    .isThrownBy(second::start)
                    .withMessageContaining("mesh.probe.port")
                    .withMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void closesItsPort() throws IOException {
        server.start();
        int port = server.port();

        server.stop();

        assertThat(server.isRunning()).isFalse();
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    private ProbeServer server(int port) {
        return new ProbeServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                List.of(new AvailabilityProbes(() -> true, ready::get), new PrometheusProbe(meters, "/actuator")),
                Executors.newFixedThreadPool(2),
                0,
                opened -> {});
    }

    private HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
