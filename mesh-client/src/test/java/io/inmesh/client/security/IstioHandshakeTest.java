package io.inmesh.client.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.PemFiles;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java and Envoy greet one another as Istio's proxies do: its server name, its ALPN, SPIFFE IDs on both sides. */
class IstioHandshakeTest {

    private static final TestPki PKI = TestPki.create();
    private static final WorkloadIdentity CALLER = PKI.identity("default", "productpage");
    private static final WorkloadIdentity REVIEWS = PKI.identity("default", "reviews");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void javaCallsJava(boolean http2) throws Exception {
        try (TlsServer server = MeshTls.server(REVIEWS, "spiffe://cluster.local/")) {
            assertThat(call(MeshTls.client(CALLER, REVIEWS.id().uri()), server.address(), http2, ""))
                    .isEqualTo("peer=" + CALLER.id() + " alpn=" + (http2 ? "h2" : "http/1.1"));
        }
    }

    @Test
    void javaCallsJavaWithAlpnThatHasNothingInCommon() throws Exception {
        try (TlsServer server = MeshTls.server(REVIEWS, "spiffe://cluster.local/");
                Socket socket = connected(server.address());
                SSLSocket tls = MeshTls.client(CALLER, REVIEWS.id().uri()).over(socket, false)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"istio-peer-exchange", "istio"});
            tls.setSSLParameters(parameters);

            assertThat(read(tls)).isEqualTo("peer=" + CALLER.id() + " alpn=");
        }
    }

    @Test
    void javaRefusesAPeerThatIsNotListed() throws Exception {
        try (TlsServer server = MeshTls.server(REVIEWS, "spiffe://cluster.local/")) {
            ClientTls onlyRatings = MeshTls.client(CALLER, "spiffe://cluster.local/ns/default/sa/ratings");

            assertThatThrownBy(() -> call(onlyRatings, server.address(), false, ""))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining(REVIEWS.id().uri());
        }
    }

    @Test
    void javaCallsEnvoy() throws Exception {
        try (EnvoyProcess envoy = EnvoyProcess.start(server(PemFiles.write(REVIEWS, folder)))) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), envoy.port("in"));

            assertThat(call(
                            MeshTls.client(CALLER, REVIEWS.id().uri()),
                            address,
                            false,
                            "GET / HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n"))
                    .contains("x-sni: " + MeshTls.SNI)
                    .contains("x-peer: " + CALLER.id());
        }
    }

    @Test
    void envoyCallsJava() throws Exception {
        try (TlsServer server = MeshTls.server(REVIEWS, "spiffe://cluster.local/");
                EnvoyProcess envoy = EnvoyProcess.start(client(PemFiles.write(CALLER, folder), server.port()))) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), envoy.port("out"));
            try (Socket socket = connected(address)) {
                assertThat(read(socket)).as(envoy::logTail).isEqualTo("peer=" + CALLER.id() + " alpn=");
            }
        }
    }

    private static String call(ClientTls tls, InetSocketAddress address, boolean http2, String request)
            throws IOException {
        try (Socket socket = connected(address);
                SSLSocket secure = tls.over(socket, http2)) {
            secure.startHandshake();
            secure.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return read(secure);
        }
    }

    private static Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    private static String server(PemFiles files) {
        return """
                static_resources:
                  listeners:
                  - name: in
                    address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                    listener_filters:
                    - name: tls_inspector
                      typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector}
                    filter_chains:
                    - transport_socket:
                        name: envoy.transport_sockets.tls
                        typed_config:
                          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                          require_client_certificate: true
                          common_tls_context:
                            alpn_protocols: [h2, http/1.1]
                            tls_certificates: [{certificate_chain: {filename: %s}, private_key: {filename: %s}}]
                            validation_context: {trusted_ca: {filename: %s}}
                      filters:
                      - name: hcm
                        typed_config:
                          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                          stat_prefix: in
                          route_config:
                            virtual_hosts:
                            - name: all
                              domains: ["*"]
                              routes:
                              - match: {prefix: /}
                                direct_response: {status: 200}
                                response_headers_to_add:
                                - header: {key: x-sni, value: "%%REQUESTED_SERVER_NAME%%"}
                                - header: {key: x-peer, value: "%%DOWNSTREAM_PEER_URI_SAN%%"}
                          http_filters:
                          - name: router
                            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                """.formatted(files.chain(), files.key(), files.root());
    }

    private static String client(PemFiles files, int port) {
        return """
                static_resources:
                  listeners:
                  - name: out
                    address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                    filter_chains:
                    - filters:
                      - name: tcp
                        typed_config:
                          "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
                          stat_prefix: out
                          cluster: java
                  clusters:
                  - name: java
                    type: STATIC
                    load_assignment:
                      cluster_name: java
                      endpoints:
                      - lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %s}}}}]
                    transport_socket:
                      name: envoy.transport_sockets.tls
                      typed_config:
                        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
                        sni: %s
                        common_tls_context:
                          alpn_protocols: [istio-peer-exchange, istio]
                          tls_certificates: [{certificate_chain: {filename: %s}, private_key: {filename: %s}}]
                          validation_context:
                            trusted_ca: {filename: %s}
                            match_typed_subject_alt_names:
                            - {san_type: URI, matcher: {exact: "%s"}}
                """.formatted(port, MeshTls.SNI, files.chain(), files.key(), files.root(), REVIEWS.id());
    }
}
