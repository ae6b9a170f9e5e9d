package io.inmesh.client.security;

import io.inmesh.xds.model.tls.UpstreamTls;
import java.util.List;
import java.util.Objects;

/**
 * What a cluster asks of TLS towards its endpoints. Immutable; equal settings share contexts and connections.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/tls.proto">Envoy,
 *     UpstreamTlsContext</a>
 */
public final class ClientTlsSettings {

    private static final List<String> ISTIO_HTTP1 = List.of("istio-http/1.1", "istio", "http/1.1");
    private static final List<String> ISTIO_HTTP2 = List.of("istio-h2", "istio", "h2");

    private final String sni;
    private final boolean istioAlpn;
    private final TlsTerms terms;

    private ClientTlsSettings(String sni, boolean istioAlpn, TlsTerms terms) {
        this.sni = sni;
        this.istioAlpn = istioAlpn;
        this.terms = terms;
    }

    /**
     * Reads a cluster's settings; done once when they arrive.
     *
     * @throws IllegalArgumentException if they ask for anything that is not honoured to the letter; the cluster's endpoints cannot be
     *     called then
     */
    public static ClientTlsSettings of(UpstreamTls tls) {
        boolean istio = tls.common().alpnProtocols().stream().anyMatch(protocol -> protocol.startsWith("istio"));
        return new ClientTlsSettings(tls.sni(), istio, TlsTerms.of(tls.common()));
    }

    /** Istio's server name; empty for none. */
    public String sni() {
        return sni;
    }

    /** Who the endpoint may be. */
    PeerCheck peer() {
        return terms.peer();
    }

    TlsTerms terms() {
        return terms;
    }

    /** Istio's own names come first: by them a PERMISSIVE server tells the mesh's TLS from the application's own. */
    List<String> applicationProtocols(boolean http2) {
        if (istioAlpn) {
            return http2 ? ISTIO_HTTP2 : ISTIO_HTTP1;
        }
        return List.of(http2 ? "h2" : "http/1.1");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientTlsSettings that
                && sni.equals(that.sni)
                && istioAlpn == that.istioAlpn
                && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sni, istioAlpn, terms);
    }

    @Override
    public String toString() {
        return "ClientTlsSettings[" + sni + ", " + terms.peer() + "]";
    }
}
