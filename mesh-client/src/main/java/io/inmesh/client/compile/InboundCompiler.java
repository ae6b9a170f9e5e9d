package io.inmesh.client.compile;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.ForwardedFor;
import io.inmesh.client.authz.RefusingFilter;
import io.inmesh.client.authz.SecurityFilter;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.route.InboundChain;
import io.inmesh.client.route.InboundHttp;
import io.inmesh.client.route.InboundSnapshot;
import io.inmesh.client.security.ServerTlsSettings;
import io.inmesh.xds.model.listener.FilterChain;
import io.inmesh.xds.model.listener.ForwardedClient;
import io.inmesh.xds.model.listener.HttpConnectionManager;
import io.inmesh.xds.model.listener.HttpFilter;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.model.listener.NetworkFilter;
import io.inmesh.xds.model.tls.DownstreamTls;
import io.inmesh.xds.model.tls.TransportSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the inbound listener. Whatever security setting cannot be honoured closes the connection or denies the request, and is
 * named by its path. Pure.
 */
public final class InboundCompiler {

    private static final String VIRTUAL_INBOUND = "virtualInbound";

    private final MeshClock clock;
    private final KeySources keys;
    private final List<String> unsupported = new ArrayList<>();

    private InboundCompiler(MeshClock clock, KeySources keys) {
        this.clock = clock;
        this.keys = keys;
    }

    /**
     * What came of a listener.
     *
     * @param snapshot ready to judge connections
     * @param unsupported paths of what is not honoured; each security setting among them denies
     */
    public record Result(InboundSnapshot snapshot, List<String> unsupported) {
        public Result {
            unsupported = List.copyOf(unsupported);
        }
    }

    /**
     * Compiles Istio's {@code virtualInbound}, or without it the first inbound listener; without any, nothing is let in.
     *
     * @param clock the wall clock that tokens expire by
     * @param keys where keys of tokens come from that are not in the configuration
     */
    public static Result compile(Collection<Listener> listeners, MeshClock clock, KeySources keys) {
        Optional<Listener> inbound = listeners.stream()
                .filter(listener -> listener.name().equals(VIRTUAL_INBOUND))
                .findFirst()
                .or(() -> listeners.stream()
                        .filter(listener -> listener.trafficDirection() == Listener.TrafficDirection.INBOUND)
                        .findFirst());
        return inbound.map(listener -> new InboundCompiler(clock, keys).compile(listener))
                .orElse(new Result(InboundSnapshot.EMPTY, List.of()));
    }

    private Result compile(Listener listener) {
        List<InboundChain> chains = new ArrayList<>();
        for (int i = 0; i < listener.filterChains().size(); i++) {
            chains.add(chain(listener.filterChains().get(i), listener.name() + ".filter_chains[" + i + "]"));
        }
        FilterChain last = listener.defaultFilterChain();
        InboundChain defaultChain = last == null ? null : chain(last, listener.name() + ".default_filter_chain");
        return new Result(new InboundSnapshot(chains, defaultChain), unsupported);
    }

    private InboundChain chain(FilterChain chain, String path) {
        TransportSocket socket = chain.transportSocket();
        Optional<HttpConnectionManager> http = chain.httpConnectionManager();
        String refusal = refusal(chain, http.isPresent(), path);
        if (refusal != null) {
            return new InboundChain(chain.name(), chain.match(), null, null, refusal);
        }
        if (!(socket instanceof DownstreamTls downstream)) {
            return serving(chain, null, http.orElseThrow(), path);
        }
        try {
            return serving(chain, ServerTlsSettings.of(downstream), http.orElseThrow(), path);
        } catch (IllegalArgumentException e) {
            unsupported.add(path + ".transport_socket");
            return new InboundChain(chain.name(), chain.match(), null, null, String.valueOf(e.getMessage()));
        }
    }

    private InboundChain serving(
            FilterChain chain, @Nullable ServerTlsSettings tls, HttpConnectionManager http, String path) {
        return new InboundChain(chain.name(), chain.match(), tls, http(chain, http, path), null);
    }

    private List<SecurityFilter> connectionFilters(FilterChain chain, String path) {
        List<SecurityFilter> filters = new ArrayList<>();
        for (NetworkFilter filter : chain.filters()) {
            if (filter instanceof NetworkFilter.NetworkRbac rbac) {
                filters.add(InboundRbac.filter(
                        rbac.name(), rbac.rbac(), InboundRules.Layer.NETWORK, path + ".filters", unsupported));
            }
        }
        return filters;
    }

    private @Nullable String refusal(FilterChain chain, boolean http, String path) {
        if (!http) {
            // In process there is nobody behind us to forward bytes to; such chains are TLS or TCP passed through.
            return "the chain does not speak HTTP";
        }
        if (chain.transportSocket() instanceof TransportSocket.Unsupported socket) {
            unsupported.add(path + ".transport_socket");
            return "its transport socket is not supported: " + socket.name();
        }
        for (NetworkFilter filter : chain.filters()) {
            if (filter instanceof NetworkFilter.Other other && other.security()) {
                unsupported.add(path + ".filters." + filter.name());
                return "a network filter before HTTP is not supported: " + filter.name();
            }
        }
        return null;
    }

    private InboundHttp http(FilterChain chain, HttpConnectionManager http, String path) {
        ForwardedClient forwarded = http.forwardedClient();
        InboundRules.Layer layer = new InboundRules.Layer(
                true, ForwardedFor.of(forwarded.useRemoteAddress(), forwarded.xffNumTrustedHops()));
        List<SecurityFilter> filters = new ArrayList<>();
        Set<String> overridden = InboundRoutes.overriddenFilters(http.routes());
        for (int i = 0; i < http.httpFilters().size(); i++) {
            HttpFilter filter = http.httpFilters().get(i);
            // A filter that is off may be switched on by a route.
            if (!filter.disabled() || overridden.contains(filter.name())) {
                filter(filter, overridden, layer, path + ".http_filters[" + i + "]")
                        .ifPresent(filters::add);
            }
        }
        return new InboundHttp(
                connectionFilters(chain, path), filters, forwarded, InboundRoutes.service(http.routes()));
    }

    private Optional<SecurityFilter> filter(
            HttpFilter filter, Set<String> overridden, InboundRules.Layer layer, String path) {
        boolean security = filter instanceof HttpFilter.HttpRbac
                || filter instanceof HttpFilter.JwtAuthn
                || (filter instanceof HttpFilter.Other other && other.security());
        if (security && overridden.contains(filter.name())) {
            unsupported.add(path + "." + filter.name());
            return Optional.of(new RefusingFilter(
                    filter.name(), "routes override the filter, which is not supported, so every request is denied"));
        }
        if (filter instanceof HttpFilter.HttpRbac rbac) {
            return Optional.of(InboundRbac.filter(rbac.name(), rbac.rbac(), layer, path, unsupported));
        }
        if (filter instanceof HttpFilter.JwtAuthn jwt) {
            return Optional.of(InboundTokens.filter(jwt, clock, keys, path, unsupported));
        }
        if (security) {
            unsupported.add(path + "." + filter.name());
            return Optional.of(
                    new RefusingFilter(filter.name(), "the filter is not supported, so every request is denied"));
        }
        return Optional.empty();
    }
}
