package io.inmesh.client.pipeline;

import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.PeerCertificate;
import io.inmesh.xds.model.listener.ForwardedClient;
import io.inmesh.xds.model.listener.ForwardedClient.SetCurrentClientCert;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code x-forwarded-client-cert} as the connection manager's settings ask. What a peer without a certificate says in it is
 * always dropped, even where Envoy would forward it: it could name anybody.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert">Envoy,
 *     x-forwarded-client-cert</a>
 */
final class InboundForwardedCert {

    private InboundForwardedCert() {}

    static @Nullable String value(ForwardedClient settings, InboundConnection connection, @Nullable String received) {
        PeerCertificate peer = connection.peer();
        if (peer == null) {
            return null;
        }
        String own = own(settings.setCurrentClientCert(), connection, peer);
        return switch (settings.forwardClientCert()) {
            case SANITIZE -> null;
            case FORWARD_ONLY, ALWAYS_FORWARD_ONLY -> received;
            case APPEND_FORWARD -> received == null || received.isEmpty() ? own : received + "," + own;
            case SANITIZE_SET -> own;
        };
    }

    private static String own(SetCurrentClientCert parts, InboundConnection connection, PeerCertificate peer) {
        StringBuilder value = new StringBuilder();
        if (connection.localUri() != null) {
            value.append("By=").append(connection.localUri()).append(';');
        }
        value.append("Hash=").append(peer.hash());
        if (parts.subject()) {
            value.append(";Subject=\"").append(quoted(peer.subject())).append('"');
        }
        if (parts.uri()) {
            value.append(";URI=").append(String.join(";URI=", peer.uris()));
        }
        if (parts.dns() && !peer.dnsNames().isEmpty()) {
            value.append(";DNS=").append(String.join(";DNS=", peer.dnsNames()));
        }
        return value.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted.append('\\');
            }
            // A line break in a subject must not become one in a header (CVE-2023-27493).
            quoted.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return quoted.toString();
    }
}
