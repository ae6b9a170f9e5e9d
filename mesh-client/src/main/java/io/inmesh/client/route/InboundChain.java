package io.inmesh.client.route;

import io.inmesh.client.security.ServerTlsSettings;
import io.inmesh.xds.model.listener.FilterChainMatch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the connections that a filter chain takes. Immutable.
 *
 * @param name the chain's name on the wire, such as {@code 0.0.0.0_8080}
 * @param match which connections it takes
 * @param tls how TLS is ended; null for a chain of plaintext
 * @param http what requests pass; null where {@code refusal} says why there are none
 * @param refusal why every connection of the chain is closed; null if they are served
 */
public record InboundChain(
        String name,
        FilterChainMatch match,
        @Nullable ServerTlsSettings tls,
        @Nullable InboundHttp http,
        @Nullable String refusal) {

    public InboundChain {
        Objects.requireNonNull(match, "match");
        if ((http == null) == (refusal == null)) {
            throw new IllegalArgumentException("A chain either serves or refuses: " + name);
        }
    }
}
