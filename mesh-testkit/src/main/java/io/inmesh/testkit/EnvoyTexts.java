package io.inmesh.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Envoy's bootstrap, put together from listeners and clusters in the shapes that Istio gives its sidecars. Listeners bind 127.0.0.1 and
 * any port. Not thread-safe; {@link #bootstrap} is for {@link EnvoyProcess#start}.
 */
public final class EnvoyTexts {

    private static final String TYPE = "type.googleapis.com/envoy.extensions.";

    private final List<String> listeners = new ArrayList<>();
    private final List<String> clusters = new ArrayList<>();

    /**
     * A listener that answers by itself or forwards.
     *
     * @param name also its statistics' prefix
     * @param chains of {@link #chain}
     */
    public EnvoyTexts listener(String name, String... chains) {
        listeners.add("""
                {name: %s, address: {socket_address: {address: 127.0.0.1, port_value: 0}},
                 listener_filters: [{name: tls_inspector, typed_config: {"@type": %sfilters.listener.tls_inspector.v3.TlsInspector}}],
                 filter_chains: [%s]}""".formatted(name, TYPE, String.join(",\n", chains)));
        return this;
    }

    /**
     * A cluster of one endpoint on 127.0.0.1.
     *
     * @param transport of {@link #mutualTls}; empty for plaintext
     */
    public EnvoyTexts cluster(String name, int port, boolean http2, String transport) {
        String options = http2 ? """
                ,
                 typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {"@type": %supstreams.http.v3.HttpProtocolOptions,
                  explicit_http_config: {http2_protocol_options: {}}}}""".formatted(TYPE) : "";
        clusters.add("""
                {name: %s, type: STATIC, load_assignment: {cluster_name: %s,
                  endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]}%s%s}""".formatted(
                        name, name, port, options, transport.isEmpty() ? "" : ",\n transport_socket: " + transport));
        return this;
    }

    /** The whole as JSON within YAML. */
    public String bootstrap() {
        return "static_resources: {listeners: [" + String.join(",\n", listeners) + "],\nclusters: ["
                + String.join(",\n", clusters) + "]}\n";
    }

    /**
     * A filter chain with HTTP.
     *
     * @param match its {@code filter_chain_match}; empty for everything
     * @param transport of {@link #requiredMutualTls}; empty for plaintext
     * @param route the action of the one route, such as {@code route: {cluster: x}}
     */
    public static String chain(String match, String transport, String route) {
        return """
                {filter_chain_match: {%s},%s
                 filters: [{name: hcm, typed_config: {"@type": %sfilters.network.http_connection_manager.v3.HttpConnectionManager, stat_prefix: in,
                  forward_client_cert_details: APPEND_FORWARD, set_current_client_cert_details: {subject: true, dns: true, uri: true},
                  route_config: {virtual_hosts: [{name: all, domains: ["*"], routes: [{match: {prefix: /}, %s}]}]},
                  http_filters: [{name: router, typed_config: {"@type": %sfilters.http.router.v3.Router}}]}}]}""".formatted(
                        match, transport.isEmpty() ? "" : " transport_socket: " + transport + ",", TYPE, route, TYPE);
    }

    /** The called side of mutual TLS, as Istio's: a certificate of the mesh is required, and ALPN offers what HTTP needs. */
    public static String requiredMutualTls(PemFiles files) {
        return """
                {name: tls, typed_config: {"@type": %stransport_sockets.tls.v3.DownstreamTlsContext, require_client_certificate: true,
                  common_tls_context: {alpn_protocols: [h2, http/1.1], %s}}}}""".formatted(TYPE, certificates(files, ""));
    }

    /**
     * The calling side of mutual TLS.
     *
     * @param alpn as Istio's filter sets it, such as {@code istio-h2, istio, h2}
     * @param peer the SPIFFE id that the called side must have
     */
    public static String mutualTls(PemFiles files, String serverName, String alpn, String peer) {
        String names = ", match_typed_subject_alt_names: [{san_type: URI, matcher: {exact: \"" + peer + "\"}}]";
        return """
                {name: tls, typed_config: {"@type": %stransport_sockets.tls.v3.UpstreamTlsContext, sni: %s,
                  common_tls_context: {alpn_protocols: [%s], %s}}}}""".formatted(TYPE, serverName, alpn, certificates(files, names));
    }

    private static String certificates(PemFiles files, String names) {
        return "tls_certificates: [{certificate_chain: {filename: \"%s\"}, private_key: {filename: \"%s\"}}], validation_context: {trusted_ca: {filename: \"%s\"}%s"
                .formatted(files.chain(), files.key(), files.root(), names);
    }
}
