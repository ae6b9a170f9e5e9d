package io.inmesh.client.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.RawHttp;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.PemFiles;
import io.inmesh.testkit.TestPki;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Envoy as the caller, with the upstream settings that Istio gives its sidecars. */
@ParameterizedClass
@EnumSource(ServerKind.class)
class EnvoyCallerTest {

    private static final String PEER = "peer=[[6, spiffe://cluster.local/ns/default/sa/frontend]]";

    @TempDir
    private Path folder;

    private final ServerKind kind;

    EnvoyCallerTest(ServerKind kind) {
        this.kind = kind;
    }

    @Test
    void anEnvoyIsServedOverMutualTlsWithHttp1AndHttp2() throws Exception {
        TestPki pki = TestPki.create();
        WorkloadIdentity frontend = pki.identity("default", "frontend");
        PemFiles files = PemFiles.write(frontend, folder);
        try (MeshedServer server = kind.start(pki.identity("default", "httpbin"));
                EnvoyProcess envoy = EnvoyProcess.start(bootstrap(server.port(), files))) {
            server.with(InboundListeners::strict);
            String http1 = call(envoy, "h1", "/one");
            assertThat(http1)
                    .as(envoy.logTail())
                    .contains("200 OK", "protocol=HTTP/1.1", "secure=true", PEER, "uri=/one");
            String http2 = call(envoy, "h2", "/two");
            assertThat(http2)
                    .as(envoy.logTail())
                    .contains("200 OK", "protocol=HTTP/2.0", "scheme=https\n", "secure=true", PEER, "uri=/two");
            assertThat(http2).contains("URI=spiffe://cluster.local/ns/default/sa/frontend");

            server.with(InboundListeners::permissive);
            assertThat(call(envoy, "h2", "/three")).contains("200 OK", PEER);
            assertThat(call(envoy, "plain", "/four")).contains("200 OK", "secure=false", "peer=none");
            assertThat(call(envoy, "plain2", "/five"))
                    .contains("200 OK", "protocol=HTTP/2.0", "secure=false", "peer=none");

            server.with(InboundListeners::strict);
            int before = server.requests.get();
            assertThat(call(envoy, "plain", "/six")).contains("503");
            assertThat(call(envoy, "plain2", "/seven")).doesNotContain("200 OK");
            assertThat(server.requests).hasValue(before);
        }
    }

    private static String call(EnvoyProcess envoy, String listener, String path) throws Exception {
        try (RawHttp http = RawHttp.plaintext(envoy.port(listener))) {
            return http.get(path);
        }
    }

    private static String bootstrap(int port, PemFiles files) {
        return "static_resources:\n  listeners:\n"
                + listener("h1") + listener("h2") + listener("plain") + listener("plain2")
                + "  clusters:\n"
                + cluster("h1", port, "") + tls(files, "istio-http/1.1, istio, http/1.1")
                + cluster("h2", port, HTTP2) + tls(files, "istio-h2, istio, h2")
                + cluster("plain", port, "")
                + cluster("plain2", port, HTTP2);
    }

    private static final String HTTP2 = """
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config: {http2_protocol_options: {}}
            """;

    private static String listener(String name) {
        return """
              - name: NAME
                address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                filter_chains:
                - filters:
                  - name: hcm
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: NAME
                      route_config: {virtual_hosts: [{name: all, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: NAME}}]}]}
                      http_filters:
                      - name: router
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
            """.replace("NAME", name);
    }

    private static String cluster(String name, int port, String options) {
        return """
              - name: %s
                type: STATIC
                load_assignment:
                  cluster_name: server
                  endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]
            """.formatted(name, port) + options;
    }

    private static String tls(PemFiles files, String alpn) {
        return """
                transport_socket:
                  name: envoy.transport_sockets.tls
                  typed_config:
                    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
                    sni: outbound_.8080_._.httpbin.default.svc.cluster.local
                    common_tls_context:
                      alpn_protocols: [%s]
                      tls_certificates: [{certificate_chain: {filename: %s}, private_key: {filename: %s}}]
                      validation_context:
                        trusted_ca: {filename: %s}
                        match_typed_subject_alt_names:
                        - {san_type: URI, matcher: {exact: "spiffe://cluster.local/ns/default/sa/httpbin"}}
            """.formatted(alpn, files.chain(), files.key(), files.root());
    }
}
