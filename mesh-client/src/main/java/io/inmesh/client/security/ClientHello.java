package io.inmesh.client.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS client says before anything is encrypted, as far as a filter chain is chosen by it. Immutable.
 *
 * @param serverName the host name of the server_name extension in lower case, exactly as sent otherwise (Istio's names carry
 *     underscores, which JSSE refuses); null without the extension
 * @param applicationProtocols the ALPN names in the client's order; empty without the extension
 * @param versions the offered protocol versions as on the wire, such as {@code 0x0304} for TLS 1.3
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2">RFC 8446, 4.1.2</a>
 */
public record ClientHello(@Nullable String serverName, List<String> applicationProtocols, List<Integer> versions) {

    public ClientHello {
        applicationProtocols = List.copyOf(applicationProtocols);
        versions = List.copyOf(versions);
    }
}
