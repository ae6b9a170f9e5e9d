package io.inmesh.client.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.security.ClientHelloReader.Progress;
import io.inmesh.testkit.EnvoyProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What BoringSSL says, as an Envoy calls. */
class EnvoyClientHelloTest {

    @Test
    void readsTheServerNameAndProtocolsOfAnEnvoy() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EnvoyProcess envoy = EnvoyProcess.start(bootstrap(server.getLocalPort()));
                Socket caller = new Socket(InetAddress.getLoopbackAddress(), envoy.port("in"))) {
            OutputStream out = caller.getOutputStream();
            out.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            try (Socket upstream = server.accept()) {
                ClientHello hello = read(upstream.getInputStream());

                assertThat(hello.serverName()).isEqualTo("outbound_.80_._.httpbin.default.svc.cluster.local");
                assertThat(hello.applicationProtocols()).containsExactly("istio-http/1.1", "istio", "http/1.1");
                assertThat(hello.versions()).contains(0x0304, 0x0303);
            }
        }
    }

    private static ClientHello read(InputStream in) throws Exception {
        ClientHelloReader reader = new ClientHelloReader();
        Progress progress = Progress.MORE;
        while (progress == Progress.MORE) {
            int next = in.read();
            assertThat(next).as("end of stream").isNotNegative();
            progress = reader.feed(ByteBuffer.wrap(new byte[] {(byte) next}));
        }
        assertThat(progress).as(reader.refusal()).isEqualTo(Progress.DONE);
        return reader.hello();
    }

    private static String bootstrap(int port) {
        return """
            static_resources:
              listeners:
              - name: in
                address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                filter_chains:
                - filters:
                  - name: envoy.filters.network.tcp_proxy
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
                      stat_prefix: in
                      cluster: server
              clusters:
              - name: server
                type: STATIC
                load_assignment:
                  cluster_name: server
                  endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]
                transport_socket:
                  name: envoy.transport_sockets.tls
                  typed_config:
                    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
                    sni: outbound_.80_._.httpbin.default.svc.cluster.local
                    common_tls_context:
                      alpn_protocols: [istio-http/1.1, istio, http/1.1]
                      tls_params: {tls_maximum_protocol_version: TLSv1_3}
            """.formatted(port);
    }
}
