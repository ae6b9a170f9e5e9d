package io.inmesh.control.translate;

import io.inmesh.control.state.MeshEndpoint;
import io.inmesh.control.state.Proxy;
import io.inmesh.control.state.PushContext;
import io.inmesh.control.state.Workload;
import io.inmesh.control.translate.Scopes.Instances;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.wire.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The load assignment {@code local_cluster}: the instances of a client's own workload in its region, by which it knows how much of its zone's
 * load it has to bear in zone-aware balancing.
 */
final class LocalInstances {

    private static final List<String> HASHES = List.of("pod-template-hash", "rollouts-pod-template-hash");

    private LocalInstances() {}

    static Optional<Instances> wanted(PushContext context, Proxy proxy) {
        return proxy.selfDiscovery()
                ? context.workloadOf(proxy)
                        .map(workload -> new Instances(
                                workload.owner(),
                                hashes(workload),
                                Localities.region(
                                        workload.locality().isEmpty() ? proxy.locality() : workload.locality())))
                : Optional.empty();
    }

    /** As istiod does, through the first service that leads to the workload: without one nobody knows of its instances. */
    static List<Message> assignment(PushContext context, Scopes.Inbound server) {
        if (server.instances().isEmpty() || server.ports().isEmpty()) {
            return List.of();
        }
        Instances wanted = server.instances().get();
        PushContext.Inbound first = server.ports().get(0);
        List<MeshEndpoint> instances = context.endpoints(first.service().host(), first.servicePort()).stream()
                .filter(endpoint -> isOneOf(wanted, endpoint.workload()))
                .toList();
        return List.of(LoadAssignments.of(ResourceCache.LOCAL_CLUSTER, instances, Localities.asTheyAre(), true));
    }

    private static boolean isOneOf(Instances wanted, Workload workload) {
        return workload.owner().equals(wanted.owner())
                && hashes(workload).equals(wanted.hashes())
                && Localities.region(workload.locality()).equals(wanted.region());
    }

    private static Map<String, String> hashes(Workload workload) {
        Map<String, String> hashes = new HashMap<>(workload.labels());
        hashes.keySet().retainAll(HASHES);
        return Map.copyOf(hashes);
    }
}
