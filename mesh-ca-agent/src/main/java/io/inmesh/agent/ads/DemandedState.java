package io.inmesh.agent.ads;

import io.inmesh.xds.decode.Decoded;
import io.inmesh.xds.decode.Rejection;
import io.inmesh.xds.decode.ResourceDecoder;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryResponse;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.Discovery.Resource;
import io.inmesh.xds.envoy.Routes;
import io.inmesh.xds.envoy.Routes.RouteConfiguration;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has come on a delta stream, put together to what the client knows: virtual hosts into the route configurations that they are of. A
 * virtual host takes effect when the clusters and endpoints that it leads to are there, so that no call meets half of it. Not
 * thread-safe.
 */
final class DemandedState {

    private final ResourceCache cache;
    private final Map<DemandType, Map<String, Held>> held = new EnumMap<>(DemandType.class);
    private final Map<String, CalledHost> staged = new LinkedHashMap<>();
    private final Map<String, CalledHost> live = new LinkedHashMap<>();
    private final Set<String> absentClusters = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();

    /** A resource as it came. */
    private record Held(String version, Message any) {}

    /** A virtual host and the clusters that it leads to. */
    private record CalledHost(String version, Message host, Set<String> clusters) {}

    DemandedState(Set<String> ownAssignments) {
        cache = new ResourceCache(ownAssignments);
        for (DemandType type : DemandType.values()) {
            held.put(type, new LinkedHashMap<>());
        }
    }

    XdsResources resources() {
        return cache.resources();
    }

    void giveUpMissing() {
        cache.giveUpMissing();
    }

    /** Takes a response; tells what of it cannot be used. */
    List<String> take(DemandType type, Message response) {
        List<String> refused = new ArrayList<>();
        for (Message resource : response.get(DeltaDiscoveryResponse.RESOURCES)) {
            if (type == DemandType.VIRTUAL_HOST) {
                stage(resource, refused);
            } else {
                of(type).put(
                                resource.get(Resource.NAME),
                                new Held(resource.get(Resource.VERSION), resource.get(Resource.RESOURCE)));
            }
            absentClusters.remove(resource.get(Resource.NAME));
        }
        for (String name : response.get(DeltaDiscoveryResponse.REMOVED_RESOURCES)) {
            of(type).remove(name);
            if (type == DemandType.CLUSTER) {
                absentClusters.add(name);
            } else if (type == DemandType.VIRTUAL_HOST) {
                staged.remove(name);
                live.remove(name);
                missing.add(name);
            }
        }
        switch (type) {
            case LISTENER -> apply(ResourceType.LISTENER, of(type), refused);
            case CLUSTER -> apply(ResourceType.CLUSTER, of(type), refused);
            case LOAD_ASSIGNMENT -> apply(ResourceType.LOAD_ASSIGNMENT, of(type), refused);
            case ROUTE_CONFIGURATION, VIRTUAL_HOST -> compose(refused);
        }
        promote(refused);
        return refused;
    }

    /** Whether route configurations come with their virtual hosts, so that there is nothing to ask for one by one. */
    boolean servesWholeTables() {
        return of(DemandType.ROUTE_CONFIGURATION).values().stream()
                .anyMatch(table -> unpack(table.any(), RouteConfiguration.TYPE)
                        .filter(routes -> !routes.has(RouteConfiguration.VHDS))
                        .isPresent());
    }

    Set<String> wantedTables() {
        return cache.names(ResourceType.ROUTE_CONFIGURATION);
    }

    /** The clusters that virtual hosts lead to and those that listeners of served ports do; what nobody wants is let go. */
    Set<String> wantedClusters() {
        Set<String> wanted = new LinkedHashSet<>();
        cache.resources()
                .routeConfigurations()
                .byName()
                .values()
                .forEach(routes -> wanted.addAll(ResourceCache.clusterNames(routes)));
        cache.clusterNames().stream()
                .filter(name -> !name.startsWith("outbound|"))
                .forEach(wanted::add);
        staged.values().forEach(host -> wanted.addAll(host.clusters()));
        if (of(DemandType.CLUSTER).keySet().retainAll(wanted)) {
            apply(ResourceType.CLUSTER, of(DemandType.CLUSTER), new ArrayList<>());
        }
        absentClusters.retainAll(wanted);
        return wanted;
    }

    Set<String> wantedAssignments() {
        Set<String> wanted = cache.names(ResourceType.LOAD_ASSIGNMENT);
        of(DemandType.LOAD_ASSIGNMENT).keySet().retainAll(wanted);
        return wanted;
    }

    /** Lets go of virtual hosts that are not among these. */
    void keepHosts(Set<String> names) {
        boolean dropped = live.keySet().retainAll(names);
        staged.keySet().retainAll(names);
        if (dropped) {
            compose(new ArrayList<>());
        }
    }

    /** The names whose calls can be decided on. */
    Set<String> presentHosts() {
        return Set.copyOf(live.keySet());
    }

    /** The names that were found not to exist since the last look. */
    Set<String> missingHosts() {
        Set<String> found = Set.copyOf(missing);
        missing.clear();
        return found;
    }

    /** What is there, for a new stream. */
    Map<String, String> versions(DemandType type) {
        Map<String, String> versions = new LinkedHashMap<>();
        of(type).forEach((name, resource) -> versions.put(name, resource.version()));
        if (type == DemandType.VIRTUAL_HOST) {
            live.forEach((name, host) -> versions.put(name, host.version()));
            staged.forEach((name, host) -> versions.put(name, host.version()));
        }
        return versions;
    }

    private void stage(Message resource, List<String> refused) {
        String name = resource.get(Resource.NAME);
        var host = unpack(resource.get(Resource.RESOURCE), Routes.VirtualHost.TYPE);
        if (host.isEmpty()) {
            refused.add(name + ": it cannot be read");
            return;
        }
        Message alone = Message.of(RouteConfiguration.TYPE)
                .with(RouteConfiguration.NAME, name)
                .with(RouteConfiguration.VIRTUAL_HOSTS, List.of(host.get()));
        var decoded = ResourceDecoder.ROUTE_CONFIGURATIONS.decode(alone);
        if (decoded instanceof Decoded.Usable<io.inmesh.xds.model.route.RouteConfiguration> usable) {
            Set<String> clusters = ResourceCache.clusterNames(usable.resource());
            staged.put(name, new CalledHost(resource.get(Resource.VERSION), host.get(), clusters));
        } else if (decoded instanceof Decoded.Refused<io.inmesh.xds.model.route.RouteConfiguration> not) {
            refused.add(not.rejection().toString());
        }
    }

    private void promote(List<String> refused) {
        List<String> ready = staged.entrySet().stream()
                .filter(host -> host.getValue().clusters().stream().allMatch(this::usable))
                .map(Map.Entry::getKey)
                .toList();
        for (String name : ready) {
            CalledHost host = staged.remove(name);
            if (host != null) {
                live.put(name, host);
            }
        }
        if (!ready.isEmpty()) {
            compose(refused);
        }
    }

    private boolean usable(String name) {
        var cluster = cache.resources().clusters().find(name);
        if (cluster.isEmpty()) {
            return absentClusters.contains(name);
        }
        return !(cluster.get().discovery() instanceof Discovery.Eds eds)
                || cache.resources().loadAssignments().find(eds.serviceName()).isPresent()
                || cache.resources().loadAssignments().givenUp().contains(eds.serviceName());
    }

    /** A host that is called by several names comes under each, and is one all the same. */
    private void compose(List<String> refused) {
        Map<String, Held> tables = new LinkedHashMap<>();
        of(DemandType.ROUTE_CONFIGURATION).forEach((name, table) -> {
            Message routes = unpack(table.any(), RouteConfiguration.TYPE).orElse(Message.of(RouteConfiguration.TYPE));
            Map<String, Message> hosts = new LinkedHashMap<>();
            live.forEach((asked, host) -> {
                if (asked.startsWith(name + "/")) {
                    hosts.put(host.host().get(Routes.VirtualHost.NAME), host.host());
                }
            });
            List<Message> all = new ArrayList<>(hosts.values());
            all.addAll(routes.get(RouteConfiguration.VIRTUAL_HOSTS));
            tables.put(name, new Held(table.version(), Any.pack(routes.with(RouteConfiguration.VIRTUAL_HOSTS, all))));
        });
        apply(ResourceType.ROUTE_CONFIGURATION, tables, refused);
    }

    private void apply(ResourceType type, Map<String, Held> all, List<String> refused) {
        List<Rejection> rejections = cache.apply(Message.of(DiscoveryResponse.TYPE)
                        .with(DiscoveryResponse.TYPE_URL, type.typeUrl())
                        .with(DiscoveryResponse.VERSION_INFO, "delta")
                        .with(
                                DiscoveryResponse.RESOURCES,
                                all.values().stream().map(Held::any).toList()))
                .rejections();
        rejections.forEach(rejection -> refused.add(rejection.toString()));
    }

    private Map<String, Held> of(DemandType type) {
        return held.getOrDefault(type, Map.of());
    }

    private static Optional<Message> unpack(Message any, MessageType type) {
        try {
            return Optional.of(Any.unpack(any, type));
        } catch (MalformedMessageException broken) {
            return Optional.empty();
        }
    }
}
