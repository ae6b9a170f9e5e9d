package io.inmesh.xds.model.listener;

import io.inmesh.xds.model.SocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where connections arrive and what becomes of them.
 *
 * @param name Istio's {@code virtualInbound} and {@code virtualOutbound} take what iptables redirect
 * @param address null if it is none that Inmesh knows; in process it is informative only
 * @param filterChains the one whose match is the most specific is taken
 * @param defaultFilterChain taken if none matches; null: the connection is closed
 * @param useOriginalDst connections are handed to the listener of their original address
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener.proto">Envoy, Listener</a>
 */
public record Listener(
        String name,
        TrafficDirection trafficDirection,
        @Nullable SocketAddress address,
        List<FilterChain> filterChains,
        @Nullable FilterChain defaultFilterChain,
        boolean useOriginalDst,
        boolean bindToPort) {

    public Listener {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A listener has a name");
        }
        Objects.requireNonNull(trafficDirection, "trafficDirection");
        filterChains = List.copyOf(filterChains);
    }

    /** Envoy's TrafficDirection. */
    public enum TrafficDirection {
        UNSPECIFIED,
        INBOUND,
        OUTBOUND
    }
}
