package io.inmesh.control.translate;

import io.inmesh.control.config.HttpMatch;
import io.inmesh.control.state.Proxy;
import io.inmesh.control.state.PushContext;
import io.inmesh.control.state.Workload;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Istio's policies in, Envoy's resources out. Pure: the same context and scope give the same bytes. */
public final class Translation {

    private Translation() {}

    /** What the resources of a client's calls depend on. */
    public static Scopes.Outbound outboundScope(PushContext context, Proxy proxy) {
        boolean labelsCount = context.virtualServicesVisibleFrom(proxy.namespace()).stream()
                .flatMap(virtual -> virtual.http().stream())
                .flatMap(http -> http.matches().stream())
                .map(HttpMatch::sourceLabels)
                .anyMatch(labels -> !labels.isEmpty());
        Map<String, String> labels = labelsCount ? labelsOf(context, proxy) : Map.of();
        return new Scopes.Outbound(proxy.namespace(), proxy.dnsDomain(), proxy.istioFilters(), labels);
    }

    /** What the resources of a client's served ports depend on. */
    public static Scopes.Inbound inboundScope(PushContext context, Proxy proxy) {
        List<PushContext.Inbound> ports =
                context.workloadOf(proxy).map(context::inboundOf).orElse(List.of());
        return new Scopes.Inbound(proxy.namespace(), labelsOf(context, proxy), proxy.istioFilters(), ports);
    }

    public static Resources outbound(PushContext context, Scopes.Outbound client) {
        OutboundClusters clusters = new OutboundClusters(context, client);
        RouteTables tables = new RouteTables(context, client);
        List<Message> routes = new ArrayList<>();
        RouteTables.ports(context, client).forEach(port -> routes.add(tables.of(port)));
        return new Resources(
                clusters.clusters(), clusters.assignments(), OutboundListeners.of(context, client), routes);
    }

    public static Resources inbound(PushContext context, Scopes.Inbound server) {
        List<Message> clusters = new ArrayList<>();
        for (PushContext.Inbound inbound : server.ports()) {
            clusters.add(FixedClusters.inbound(inbound, context.settings()));
        }
        clusters.add(FixedClusters.inboundPassthrough(context.settings()));
        return new Resources(clusters, List.of(), List.of(InboundListener.of(context, server)), List.of());
    }

    /** What is written about a workload counts; what it says of itself only if nothing is. */
    private static Map<String, String> labelsOf(PushContext context, Proxy proxy) {
        Optional<Workload> workload = context.workloadOf(proxy);
        return workload.map(Workload::labels).orElse(proxy.labels());
    }
}
