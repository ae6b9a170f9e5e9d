package io.inmesh.samples.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatusCode;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ReviewsApplicationTest {

    private static final HttpServer RATINGS = ratings();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void ratingsUrl(DynamicPropertyRegistry properties) {
        properties.add(
                "bookshop.ratings-url",
                () -> "http://127.0.0.1:" + RATINGS.getAddress().getPort());
        properties.add("server.address", () -> "127.0.0.1");
        properties.add("bookshop.version", () -> "v2");
        properties.add("mesh.probe.port", () -> "0");
    }

    @AfterAll
    static void stop() {
        RATINGS.stop(0);
    }

    @Test
    void worksWithoutAMesh() {
        String review = client().get().uri("/reviews/1").retrieve().body(String.class);

        assertThat(review).contains("\"version\":\"v2\"").contains("\"stars\":{\"given\":4}");
    }

    @Test
    void failsUntilToldOtherwise() {
        client().put().uri("/failing/true").retrieve().toBodilessEntity();
        assertThat(status()).isEqualTo(HttpStatusCode.valueOf(503));

        client().put().uri("/failing/false").retrieve().toBodilessEntity();
        assertThat(status()).isEqualTo(HttpStatusCode.valueOf(200));
    }

    private HttpStatusCode status() {
        return client().get().uri("/reviews/1").exchange((request, response) -> response.getStatusCode());
    }

    private RestClient client() {
        return RestClient.create("http://127.0.0.1:" + port);
    }

    private static HttpServer ratings() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/ratings/1", exchange -> {
                byte[] body = "{\"book\":\"1\",\"stars\":4}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
