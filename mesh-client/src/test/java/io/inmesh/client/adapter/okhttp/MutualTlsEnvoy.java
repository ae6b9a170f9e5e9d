package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.PemFiles;
import java.nio.file.Path;

/** A real Envoy that demands mutual TLS with Istio's ALPN, and tells each caller what it saw. */
final class MutualTlsEnvoy {

    private MutualTlsEnvoy() {}

    /**
     * Starts it; its port is {@code in}.
     *
     * @param folder for its key
     */
    static EnvoyProcess start(WorkloadIdentity server, Path folder) {
        PemFiles files = PemFiles.write(server, folder);
        return EnvoyProcess.start("""
                static_resources:
                  listeners:
                  - name: in
                    address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                    listener_filters:
                    - name: tls_inspector
                      typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector}
                    filter_chains:
                    - filter_chain_match: {application_protocols: [istio-http/1.1, istio-h2]}
                      transport_socket:
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
                                direct_response: {status: 200, body: {inline_string: ok}}
                                response_headers_to_add:
                                - header: {key: x-proto, value: "%%PROTOCOL%%"}
                                - header: {key: x-connection, value: "%%CONNECTION_ID%%"}
                                - header: {key: x-sni, value: "%%REQUESTED_SERVER_NAME%%"}
                                - header: {key: x-peer, value: "%%DOWNSTREAM_PEER_URI_SAN%%"}
                          http_filters:
                          - name: router
                            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                """.formatted(files.chain(), files.key(), files.root()));
    }
}
