package io.inmesh.agent.sds;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.Peers;
import io.inmesh.testkit.TestPki;
import io.inmesh.testkit.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Envoy, whose only secrets are those of our Unix socket, takes callers by mutual TLS and follows rotations. */
class EnvoySecretsTest {

    private static final TestPki PKI = TestPki.create();
    private static final WorkloadIdentity CALLER = PKI.identity("shop", "caller");

    @Test
    void anEnvoyServesWithTheIdentityOfTheSocketAndFollowsItsRotation(@TempDir Path folder) throws Exception {
        Peers.envoy();
        SecretService secrets = new SecretService();
        WorkloadIdentity first = PKI.identity("shop", "reviews");
        secrets.publish(first);
        Path socket = folder.resolve("sds.sock");
        try (UnixSocket port = UnixSocket.listen(socket, OptionalInt.empty(), secrets);
                EnvoyProcess envoy = EnvoyProcess.start(BOOTSTRAP.formatted(socket))) {
            awaitServed(envoy.port("in"), first.leaf());

            WorkloadIdentity second = PKI.identity("shop", "reviews");
            secrets.publish(second);

            awaitServed(envoy.port("in"), second.leaf());
        }
    }

    private static void awaitServed(int port, X509Certificate expected) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!expected.equals(served(port))) {
            assertThat(System.nanoTime()).as("Envoy has the new certificate").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static X509Certificate served(int port) throws Exception {
        try (SSLSocket call = (SSLSocket)
                TestTls.of(CALLER).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            call.setSoTimeout(5_000);
            call.startHandshake();
            return (X509Certificate) call.getSession().getPeerCertificates()[0];
        } catch (IOException notYet) {
            return CALLER.leaf();
        }
    }

    private static final String BOOTSTRAP = """
            node: {id: local, cluster: local}
            static_resources:
              clusters:
              - name: sds-grpc
                type: STATIC
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config: {http2_protocol_options: {}}
                load_assignment:
                  cluster_name: sds-grpc
                  endpoints:
                  - lb_endpoints:
                    - endpoint: {address: {pipe: {path: "%s"}}}
              listeners:
              - name: in
                address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                filter_chains:
                - transport_socket:
                    name: envoy.transport_sockets.tls
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                      require_client_certificate: true
                      common_tls_context:
                        tls_certificate_sds_secret_configs:
                        - name: default
                          sds_config: &sds
                            api_config_source:
                              api_type: GRPC
                              transport_api_version: V3
                              grpc_services: [{envoy_grpc: {cluster_name: sds-grpc}}]
                            resource_api_version: V3
                            initial_fetch_timeout: 0s
                        combined_validation_context:
                          default_validation_context: {}
                          validation_context_sds_secret_config: {name: ROOTCA, sds_config: *sds}
                  filters:
                  - name: envoy.filters.network.http_connection_manager
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: in
                      http_filters:
                      - name: router
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                      route_config:
                        virtual_hosts:
                        - {name: all, domains: ["*"], routes: [{match: {prefix: /}, direct_response: {status: 200}}]}
            """;
}
