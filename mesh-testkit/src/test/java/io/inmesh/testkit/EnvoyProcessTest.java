package io.inmesh.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class EnvoyProcessTest {

    private static final String TEAPOT = """
            static_resources:
              listeners:
              - name: in
                address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                filter_chains:
                - filters:
                  - name: hcm
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: in
                      route_config:
                        virtual_hosts:
                        - name: all
                          domains: ["*"]
                          routes: [{match: {prefix: /}, direct_response: {status: 418}}]
                      http_filters:
                      - name: router
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
            """;

    @Test
    void servesOnThePortThatItTells() throws Exception {
        try (EnvoyProcess envoy = EnvoyProcess.start(TEAPOT)) {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + envoy.port("in") + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(418);
            assertThat(envoy.stat("http.in.downstream_rq_total")).isOne();
        }
    }

    @Test
    void showsTheLogWhenEnvoyRefusesTheConfiguration() {
        Peers.envoy(); // Else the skip itself would be taken for the expected failure.
        assertThatIllegalStateException()
                .isThrownBy(() -> EnvoyProcess.start("static_resources: {listeners: [{nonsense: 1}]}"))
                .withMessageContaining("nonsense");
    }
}
