package io.inmesh.client.route;

import io.inmesh.client.authz.InboundConnection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The compiled inbound listener: which chain takes which connection. Immutable.
 *
 * @param chains in the wire's order; the most specific match wins
 * @param defaultChain takes what no chain does; null closes it
 */
public record InboundSnapshot(
        List<InboundChain> chains, @Nullable InboundChain defaultChain) {

    /** Takes nothing: every connection is closed. */
    public static final InboundSnapshot EMPTY = new InboundSnapshot(List.of(), null);

    public InboundSnapshot {
        chains = List.copyOf(chains);
    }

    /** The chain of a connection; empty if it is to be closed. */
    public Optional<InboundChain> chain(InboundConnection connection) {
        return InboundMatch.choose(chains, connection).or(() -> Optional.ofNullable(defaultChain));
    }
}
