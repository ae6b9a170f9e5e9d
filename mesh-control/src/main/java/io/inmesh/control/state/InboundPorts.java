package io.inmesh.control.state;

import io.inmesh.control.state.PushContext.Inbound;
import io.inmesh.control.state.graph.Family;
import io.inmesh.control.state.graph.Graph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the services that lead to a workload without looking at the others. */
final class InboundPorts {

    private final PushContext context;
    private final ConfigIndex index;
    private final Hosts.Names names;
    private final Family<String, Map<String, List<Inbound>>> byWorkload;

    InboundPorts(Graph graph, PushContext context, ConfigIndex index) {
        this.context = context;
        this.index = index;
        this.names = new Hosts.Names(context.settings().clusterDomain());
        this.byWorkload = new Family<>(graph, this::ofHost);
    }

    List<Inbound> of(Workload workload) {
        Set<Integer> ports = new LinkedHashSet<>();
        List<Inbound> inbound = new ArrayList<>();
        for (String host : hosts(workload)) {
            for (Inbound leading : byWorkload.read(host).getOrDefault(key(workload), List.of())) {
                if (ports.add(leading.port())) {
                    inbound.add(leading);
                }
            }
        }
        return List.copyOf(inbound);
    }

    private Set<String> hosts(Workload workload) {
        Set<String> hosts = new TreeSet<>();
        for (String key : Labels.keys(workload)) {
            index.selectingServices.read(key).forEach(service -> hosts.add(names.of(service)));
            index.selectingEntries.read(key).forEach(entry -> hosts.addAll(entry.hosts()));
        }
        index.slicesOfPod
                .read(workload.namespace() + "/" + workload.name())
                .forEach(slice ->
                        hosts.add(names.qualified(slice.service(), slice.meta().namespace())));
        return hosts;
    }

    private Map<String, List<Inbound>> ofHost(String host) {
        Map<String, List<Inbound>> found = new HashMap<>();
        context.service(host).ifPresent(service -> {
            for (MeshService.ServicePort port : service.ports()) {
                for (MeshEndpoint endpoint : context.endpoints(host, port.number())) {
                    found.computeIfAbsent(key(endpoint.workload()), unknown -> new ArrayList<>())
                            .add(new Inbound(endpoint.port(), port.protocol(), service, port.number()));
                }
            }
        });
        return found;
    }

    private static String key(Workload workload) {
        return (workload.pod() ? "pod " : "entry ") + workload.namespace() + "/" + workload.name();
    }
}
