package io.inmesh.xds.model.tls;

import java.util.Objects;

/**
 * TLS towards a cluster.
 *
 * @param sni the server name sent; empty if none. Istio's hold underscores
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/tls.proto">Envoy, UpstreamTlsContext</a>
 */
public record UpstreamTls(String sni, CommonTls common) implements TransportSocket {

    public UpstreamTls {
        Objects.requireNonNull(sni, "sni");
        Objects.requireNonNull(common, "common");
    }
}
