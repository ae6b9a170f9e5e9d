package io.inmesh.xds.model.listener;

import io.inmesh.xds.model.CidrRange;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which connections a chain takes. An empty or null part takes all; parts are compared in this order, the most specific wins at each.
 *
 * @param destinationPort the original destination's
 * @param prefixRanges of the original destination's address
 * @param serverNames of the SNI: exact or {@code *.suffix}
 * @param transportProtocol {@code raw_buffer} or {@code tls}; empty for both
 * @param applicationProtocols found by ALPN or by inspecting plaintext: {@code h2}, {@code http/1.1}, {@code h2c}, {@code istio}
 * @param directSourcePrefixRanges of the connection's peer
 * @param sourcePrefixRanges of the caller
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto">Envoy, FilterChainMatch</a>
 */
public record FilterChainMatch(
        @Nullable Integer destinationPort,
        List<CidrRange> prefixRanges,
        List<String> serverNames,
        String transportProtocol,
        List<String> applicationProtocols,
        List<CidrRange> directSourcePrefixRanges,
        SourceType sourceType,
        List<CidrRange> sourcePrefixRanges,
        Set<Integer> sourcePorts) {

    /** Takes every connection. */
    public static final FilterChainMatch ANY = new FilterChainMatch(
            null, List.of(), List.of(), "", List.of(), List.of(), SourceType.ANY, List.of(), Set.of());

    public FilterChainMatch {
        prefixRanges = List.copyOf(prefixRanges);
        serverNames = List.copyOf(serverNames);
        Objects.requireNonNull(transportProtocol, "transportProtocol");
        applicationProtocols = List.copyOf(applicationProtocols);
        directSourcePrefixRanges = List.copyOf(directSourcePrefixRanges);
        Objects.requireNonNull(sourceType, "sourceType");
        sourcePrefixRanges = List.copyOf(sourcePrefixRanges);
        sourcePorts = Set.copyOf(sourcePorts);
    }

    /** Envoy's ConnectionSourceType. */
    public enum SourceType {
        ANY,
        SAME_IP_OR_LOOPBACK,
        EXTERNAL
    }
}
