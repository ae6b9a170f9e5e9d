package io.inmesh.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The plaintext port of each process, where Kubernetes and Prometheus would look. */
final class Probes {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    boolean ready(int port) throws InterruptedException {
        try {
            return get(port, "/readyz").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    Counters counters(int port) throws IOException, InterruptedException {
        return Counters.parse(get(port, "/actuator/prometheus").body());
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
