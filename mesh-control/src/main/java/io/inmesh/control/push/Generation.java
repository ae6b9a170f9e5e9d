package io.inmesh.control.push;

import io.inmesh.control.state.Proxy;
import io.inmesh.control.state.PushContext;
import io.inmesh.control.translate.Resources;
import io.inmesh.control.translate.Scopes;
import io.inmesh.control.translate.Translation;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Endpoints.ClusterLoadAssignment;
import io.inmesh.xds.envoy.Listeners.Listener;
import io.inmesh.xds.envoy.Routes.RouteConfiguration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The resources of one push context, translated when a client of their scope first needs them, once for all such clients.
 * Thread-safe.
 */
public final class Generation {

    private final PushContext context;
    private final Map<Scopes.Outbound, Map<XdsType, List<EncodedResource>>> outbound = new ConcurrentHashMap<>();
    private final Map<Scopes.Inbound, Map<XdsType, List<EncodedResource>>> inbound = new ConcurrentHashMap<>();
    private final Map<Scope, View> views = new ConcurrentHashMap<>();

    private record Scope(Scopes.Outbound outbound, Scopes.Inbound inbound) {}

    public Generation(PushContext context) {
        this.context = context;
    }

    public PushContext context() {
        return context;
    }

    /** Everything that this client sees. */
    public View viewOf(Proxy proxy) {
        Scope scope = new Scope(Translation.outboundScope(context, proxy), Translation.inboundScope(context, proxy));
        return views.computeIfAbsent(scope, this::view);
    }

    /** How many different views were made; clients of one kind share one. */
    public int views() {
        return views.size();
    }

    private View view(Scope scope) {
        Map<XdsType, List<EncodedResource>> calls =
                outbound.computeIfAbsent(scope.outbound, client -> encoded(Translation.outbound(context, client)));
        Map<XdsType, List<EncodedResource>> serves =
                inbound.computeIfAbsent(scope.inbound, server -> encoded(Translation.inbound(context, server)));
        Map<XdsType, ResourceSet> sets = new EnumMap<>(XdsType.class);
        for (XdsType type : XdsType.values()) {
            List<EncodedResource> both = new ArrayList<>(calls.getOrDefault(type, List.of()));
            both.addAll(serves.getOrDefault(type, List.of()));
            sets.put(type, ResourceSet.of(both));
        }
        return new View(sets);
    }

    private static Map<XdsType, List<EncodedResource>> encoded(Resources resources) {
        Map<XdsType, List<EncodedResource>> encoded = new EnumMap<>(XdsType.class);
        encoded.put(XdsType.CDS, encoded(resources.clusters(), Cluster.NAME));
        encoded.put(XdsType.EDS, encoded(resources.assignments(), ClusterLoadAssignment.CLUSTER_NAME));
        encoded.put(XdsType.LDS, encoded(resources.listeners(), Listener.NAME));
        encoded.put(XdsType.RDS, encoded(resources.routes(), RouteConfiguration.NAME));
        return encoded;
    }

    private static List<EncodedResource> encoded(List<Message> resources, Field<String> name) {
        return resources.stream()
                .map(resource -> EncodedResource.of(resource.get(name), resource))
                .toList();
    }
}
