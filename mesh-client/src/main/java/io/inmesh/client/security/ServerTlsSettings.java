package io.inmesh.client.security;

import io.inmesh.xds.model.tls.DownstreamTls;
import java.util.List;

/**
 * What a filter chain asks of TLS towards its callers. A certificate is always required: where none is, there is no mutual TLS.
 * Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/tls.proto">Envoy,
 *     DownstreamTlsContext</a>
 */
public final class ServerTlsSettings {

    private final TlsTerms terms;
    private final List<String> applicationProtocols;

    private ServerTlsSettings(TlsTerms terms, List<String> applicationProtocols) {
        this.terms = terms;
        this.applicationProtocols = List.copyOf(applicationProtocols);
    }

    /**
     * Reads a filter chain's settings; done once when they arrive.
     *
     * @throws IllegalArgumentException if they ask for anything that is not honoured to the letter; connections of the chain must be
     *     refused then
     */
    public static ServerTlsSettings of(DownstreamTls tls) {
        if (!tls.requireClientCertificate()) {
            throw new IllegalArgumentException("TLS that lets callers in without a certificate");
        }
        TlsTerms terms = TlsTerms.of(tls.common());
        if (!terms.mutual()) {
            throw new IllegalArgumentException(
                    "TLS with another certificate or other roots than the workload's own: " + terms);
        }
        return new ServerTlsSettings(terms, tls.common().alpnProtocols());
    }

    /** Who the caller may be; Istio gives the trust domain and its aliases as prefixes. */
    PeerCheck peer() {
        return terms.peer();
    }

    TlsTerms terms() {
        return terms;
    }

    /** JSSE alone would end the handshake where nothing is in common; Envoy goes on without, and so do we. */
    String select(List<String> offered) {
        return applicationProtocols.stream()
                .filter(offered::contains)
                .findFirst()
                .orElse("");
    }
}
