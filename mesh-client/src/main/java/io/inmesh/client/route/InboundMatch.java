package io.inmesh.client.route;

import io.inmesh.client.authz.InboundConnection;
import io.inmesh.xds.model.CidrRange;
import io.inmesh.xds.model.listener.FilterChainMatch;
import io.inmesh.xds.model.listener.FilterChainMatch.SourceType;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Chooses a filter chain as Envoy does: criterion by criterion in a fixed order, at each keeping only the chains that are most
 * specific about it, and never going back. So a chain for port 8080 that wants TLS keeps plaintext on 8080 from falling to a chain
 * for every port.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto#config-listener-v3-filterchainmatch">Envoy,
 *     FilterChainMatch</a>
 */
final class InboundMatch {

    private static final int MISS = -1;
    private static final int INDIFFERENT = 0;
    private static final int HIT = 1;

    private InboundMatch() {}

    static Optional<InboundChain> choose(List<InboundChain> chains, InboundConnection connection) {
        List<InboundChain> left = chains;
        left = mostSpecific(left, match -> port(match, connection));
        left = mostSpecific(
                left, match -> longest(match.prefixRanges(), connection.local().getAddress()));
        left = mostSpecific(left, match -> serverName(match, connection));
        left = mostSpecific(left, match -> transport(match, connection));
        left = mostSpecific(left, match -> applicationProtocol(match, connection));
        left = mostSpecific(
                left,
                match -> longest(
                        match.directSourcePrefixRanges(), connection.remote().getAddress()));
        left = mostSpecific(left, match -> sourceType(match, connection));
        left = mostSpecific(
                left,
                match -> longest(match.sourcePrefixRanges(), connection.remote().getAddress()));
        left = mostSpecific(left, match -> sourcePort(match, connection));
        return left.stream().findFirst();
    }

    private static List<InboundChain> mostSpecific(List<InboundChain> chains, ToIntFunction<FilterChainMatch> score) {
        int best = MISS;
        List<InboundChain> kept = new ArrayList<>(chains.size());
        for (InboundChain chain : chains) {
            int specific = score.applyAsInt(chain.match());
            if (specific > best) {
                best = specific;
                kept.clear();
            }
            if (specific == best && specific != MISS) {
                kept.add(chain);
            }
        }
        return kept;
    }

    private static int port(FilterChainMatch match, InboundConnection connection) {
        Integer port = match.destinationPort();
        if (port == null) {
            return INDIFFERENT;
        }
        return port == connection.destinationPort() ? HIT : MISS;
    }

    private static int longest(List<CidrRange> ranges, InetAddress address) {
        return ranges.isEmpty()
                ? INDIFFERENT
                : ranges.stream()
                        .filter(range -> range.contains(address))
                        .mapToInt(range -> HIT + range.prefixLength())
                        .max()
                        .orElse(MISS);
    }

    /** An exact name counts more than any suffix, a longer suffix more than a shorter one. */
    private static int serverName(FilterChainMatch match, InboundConnection connection) {
        if (match.serverNames().isEmpty()) {
            return INDIFFERENT;
        }
        String asked = connection.serverName() == null ? "" : connection.serverName();
        int best = MISS;
        for (String name : match.serverNames()) {
            if (name.equals(asked)) {
                return Integer.MAX_VALUE;
            }
            if (name.startsWith("*.") && asked.length() >= name.length() && asked.endsWith(name.substring(1))) {
                best = Math.max(best, name.length());
            }
        }
        return best;
    }

    private static int transport(FilterChainMatch match, InboundConnection connection) {
        if (match.transportProtocol().isEmpty()) {
            return INDIFFERENT;
        }
        return match.transportProtocol().equals(connection.tls() ? "tls" : "raw_buffer") ? HIT : MISS;
    }

    /** The client's first protocol that any chain names wins, so an earlier one scores higher. */
    private static int applicationProtocol(FilterChainMatch match, InboundConnection connection) {
        if (match.applicationProtocols().isEmpty()) {
            return INDIFFERENT;
        }
        List<String> offered = connection.applicationProtocols();
        for (int i = 0; i < offered.size(); i++) {
            if (match.applicationProtocols().contains(offered.get(i))) {
                return offered.size() - i;
            }
        }
        return MISS;
    }

    private static int sourceType(FilterChainMatch match, InboundConnection connection) {
        if (match.sourceType() == SourceType.ANY) {
            return INDIFFERENT;
        }
        InetAddress remote = connection.remote().getAddress();
        boolean same =
                remote.isLoopbackAddress() || remote.equals(connection.local().getAddress());
        return same == (match.sourceType() == SourceType.SAME_IP_OR_LOOPBACK) ? HIT : MISS;
    }

    private static int sourcePort(FilterChainMatch match, InboundConnection connection) {
        if (match.sourcePorts().isEmpty()) {
            return INDIFFERENT;
        }
        return match.sourcePorts().contains(connection.remote().getPort()) ? HIT : MISS;
    }
}
