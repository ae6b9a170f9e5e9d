package io.inmesh.xds.model.listener;

import io.inmesh.xds.model.tls.TransportSocket;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is done with connections that match.
 *
 * @param name may be empty
 * @param transportSocket plaintext or TLS
 * @param filters network filters in order
 */
public record FilterChain(
        String name, FilterChainMatch match, TransportSocket transportSocket, List<NetworkFilter> filters) {

    public FilterChain {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(transportSocket, "transportSocket");
        filters = List.copyOf(filters);
    }

    /** The connection manager, if the chain speaks HTTP. */
    public Optional<HttpConnectionManager> httpConnectionManager() {
        return filters.stream()
                .filter(HttpConnectionManager.class::isInstance)
                .map(HttpConnectionManager.class::cast)
                .findFirst();
    }
}
