package io.inmesh.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

class HttpPostProcessorsTest {

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger meshCalls = new AtomicInteger();
    private final MeshHttp mesh = new MeshHttp(
            new OkHttpClient(),
            client -> client.newBuilder()
                    .addInterceptor(chain -> {
                        meshCalls.incrementAndGet();
                        return chain.proceed(chain.request());
                    })
                    .build(),
            uri -> uri.getPath().equals("/mesh"));

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        server.enqueue(new MockResponse.Builder().build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRestTemplateOfTheApplicationJoins() throws Exception {
        RestTemplate template = new RestTemplate();

        restTemplates().postProcessAfterInitialization(template, "template");
        template.getForEntity(uri("/mesh"), Void.class);

        assertThat(meshCalls).hasValue(1);
    }

    @Test
    void aRestTemplateKeepsItsInterceptorsAndItsWayOut() throws Exception {
        RestTemplate template = new RestTemplate(new SimpleClientHttpRequestFactory());
        template.setInterceptors(List.of((request, body, execution) -> {
            request.getHeaders().add("x-mine", "yes");
            return execution.execute(request, body);
        }));

        restTemplates().postProcessAfterInitialization(template, "template");
        template.getForEntity(uri("/elsewhere"), Void.class);

        assertThat(meshCalls).hasValue(0);
        assertThat(server.takeRequest().getHeaders().get("x-mine")).isEqualTo("yes");
    }

    @Test
    void aRestTemplateJoinsOnce() {
        RestTemplate template = new RestTemplate();

        restTemplates().postProcessAfterInitialization(template, "template");
        var joined = template.getRequestFactory();
        restTemplates().postProcessAfterInitialization(template, "template");

        assertThat(template.getRequestFactory()).isSameAs(joined);
    }

    @Test
    void aRestClientOfTheApplicationJoins() {
        RestClient client = (RestClient) restClients().postProcessAfterInitialization(RestClient.create(), "client");

        client.get().uri(uri("/mesh")).retrieve().toBodilessEntity();

        assertThat(meshCalls).hasValue(1);
    }

    @Test
    void aRestClientKeepsItsHeadersAndItsWayOut() throws Exception {
        RestClient original = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .defaultHeader("x-mine", "yes")
                .build();
        RestClient client = (RestClient) restClients().postProcessAfterInitialization(original, "client");

        client.get().uri(uri("/elsewhere")).retrieve().toBodilessEntity();

        assertThat(meshCalls).hasValue(0);
        assertThat(server.takeRequest().getHeaders().values("x-mine")).containsExactly("yes");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRestClientThatAlreadyJoinedStaysAsItIs() {
        RestClient client = RestClient.builder()
                .requestFactory(mesh.factory(new SimpleClientHttpRequestFactory()))
                .requestInterceptor((request, body, execution) -> execution.execute(request, body))
                .build();
        assertThat(restClients().postProcessAfterInitialization(client, "client"))
                .isSameAs(client);
    }

    @Test
    void anOkHttpClientJoins() throws Exception {
        OkHttpClient client = (OkHttpClient)
                new OkHttpClientPostProcessor(() -> mesh).postProcessAfterInitialization(new OkHttpClient(), "client");

        client.newCall(new okhttp3.Request.Builder().url(uri("/")).build())
                .execute()
                .close();

        assertThat(meshCalls).hasValue(1);
    }

    private RestTemplatePostProcessor restTemplates() {
        return new RestTemplatePostProcessor(() -> mesh);
    }

    private RestClientPostProcessor restClients() {
        return new RestClientPostProcessor(() -> mesh);
    }

    private String uri(String path) {
        return "http://127.0.0.1:" + server.getPort() + path;
    }
}
