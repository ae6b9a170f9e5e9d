package io.inmesh.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

class MeshClientHttpRequestFactoryTest {

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsMethodHeadersAndBodyAsSpringWroteThem() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(201)
                .addHeader("x-one", "a")
                .addHeader("x-one", "b")
                .body("made")
                .build());

        var answer = client(null)
                .post()
                .uri("/things?q=1 2")
                .header("x-two", "c", "d")
                .contentType(MediaType.TEXT_PLAIN)
                .body("thing")
                .retrieve()
                .toEntity(String.class);

        RecordedRequest seen = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(seen.getRequestLine()).isEqualTo("POST /things?q=1%202 HTTP/1.1");
        assertThat(seen.getHeaders().values("x-two")).containsExactly("c", "d");
        assertThat(seen.getHeaders().values("Content-Type")).containsExactly("text/plain");
        assertThat(seen.getHeaders().values("Content-Length")).containsExactly("5");
        assertThat(seen.getBody()).isEqualTo(ByteString.encodeUtf8("thing"));
        assertThat(answer.getStatusCode().value()).isEqualTo(201);
        assertThat(answer.getHeaders().get("x-one")).containsExactly("a", "b");
        assertThat(answer.getBody()).isEqualTo("made");
    }

    @Test
    void sendsAPostWithoutBodyAsEmpty() throws Exception {
        server.enqueue(new MockResponse.Builder().build());

        client(null).post().uri("/").retrieve().toBodilessEntity();

        assertThat(server.takeRequest(5, TimeUnit.SECONDS).getHeaders().get("Content-Length"))
                .isEqualTo("0");
    }

    @Test
    void streamsABodyOfUnknownLength() throws Exception {
        server.enqueue(new MockResponse.Builder().build());
        ClientHttpRequest request = factory(null).createRequest(uri("/"), HttpMethod.PUT);

        ((StreamingHttpOutputMessage) request)
                .setBody(out -> out.write("piece by piece".getBytes(StandardCharsets.UTF_8)));
        request.execute().close();

        RecordedRequest seen = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(seen.getHeaders().get("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(seen.getBody()).isEqualTo(ByteString.encodeUtf8("piece by piece"));
    }

    @Test
    void streamsTheResponse() throws Exception {
        server.enqueue(new MockResponse.Builder().body("x".repeat(1 << 20)).build());

        try (ClientHttpResponse response =
                        factory(null).createRequest(uri("/"), HttpMethod.GET).execute();
                InputStream body = response.getBody()) {
            assertThat(body.readNBytes(3)).isEqualTo("xxx".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void tellsThatARequestCannotBeSentAsAnIoException() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> factory(null)
                        .createRequest(URI.create("ftp://reviews/"), HttpMethod.GET)
                        .execute())
                .withMessageContaining("GET ftp://reviews/");
    }

    @Test
    void leavesHostsOutsideTheMeshToTheOriginalClient() {
        server.enqueue(new MockResponse.Builder().build());
        MeshClientHttpRequestFactory factory =
                factory(new MeshHttp(refusing(), UnaryOperator.identity(), uri -> false), null);

        assertThat(RestClient.builder()
                        .requestFactory(factory)
                        .build()
                        .get()
                        .uri(uri("/"))
                        .retrieve()
                        .toBodilessEntity()
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
    }

    @Test
    void carriesTheReadTimeoutOver() {
        HttpClientSettings settings = HttpClientSettings.defaults().withReadTimeout(Duration.ofMillis(50));

        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> client(settings).get().uri("/").retrieve().toBodilessEntity())
                .withCauseInstanceOf(java.net.SocketTimeoutException.class);
    }

    @Test
    void followsRedirectsUnlessToldNotTo() {
        MockResponse redirect = new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "/there")
                .build();
        server.enqueue(redirect);
        server.enqueue(new MockResponse.Builder().build());
        server.enqueue(redirect);

        assertThat(status(null)).isEqualTo(200);
        assertThat(status(HttpClientSettings.defaults().withRedirects(HttpRedirects.DONT_FOLLOW)))
                .isEqualTo(302);
    }

    @Test
    void refusesCookiesRatherThanLosingThem() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> client(HttpClientSettings.defaults().withCookieHandling(HttpCookieHandling.ENABLE)))
                .withMessageContaining("spring.http.clients.cookie-handling");
    }

    private int status(@Nullable HttpClientSettings settings) {
        return client(settings).get().uri("/").exchange((request, response) -> response.getStatusCode()
                .value());
    }

    private RestClient client(@Nullable HttpClientSettings settings) {
        return RestClient.builder()
                .baseUrl(uri("").toString())
                .requestFactory(factory(settings))
                .build();
    }

    private MeshClientHttpRequestFactory factory(@Nullable HttpClientSettings settings) {
        return factory(new MeshHttp(new OkHttpClient(), UnaryOperator.identity(), uri -> true), settings);
    }

    private static MeshClientHttpRequestFactory factory(MeshHttp http, @Nullable HttpClientSettings settings) {
        return new MeshClientHttpRequestFactoryBuilder(ClientHttpRequestFactoryBuilder.simple(), () -> http)
                .build(settings);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }

    private static OkHttpClient refusing() {
        return new OkHttpClient.Builder()
                .dns(host -> List.of())
                .addInterceptor(chain -> {
                    throw new IOException("not this way");
                })
                .build();
    }
}
