package io.inmesh.xds.model.tls;

import java.util.Objects;

/**
 * TLS towards callers.
 *
 * @param requireClientCertificate a caller without a certificate is refused
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/tls.proto">Envoy, DownstreamTlsContext</a>
 */
public record DownstreamTls(boolean requireClientCertificate, CommonTls common) implements TransportSocket {

    public DownstreamTls {
        Objects.requireNonNull(common, "common");
    }
}
