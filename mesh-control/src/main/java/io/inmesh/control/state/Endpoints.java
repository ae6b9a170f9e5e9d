package io.inmesh.control.state;

import io.inmesh.control.config.EndpointSlice;
import io.inmesh.control.config.KubernetesService;
import io.inmesh.control.config.ServiceEntry;
import io.inmesh.control.config.WorkloadEntry;
import io.inmesh.control.state.MeshEndpoint.Health;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the endpoints of every port of a service: from its EndpointSlices if it has some, else from the workloads that it selects. */
final class Endpoints {

    private static final List<String> PERSISTENT_SESSION =
            List.of("istio.io/persistent-session", "istio.io/persistent-session-header");
    private static final String DRAINING = "istio.io/draining";

    private final ConfigIndex index;
    private final PeerAuthentications peers;
    private final Map<Integer, List<MeshEndpoint>> found = new TreeMap<>();

    private Endpoints(ConfigIndex index, PeerAuthentications peers) {
        this.index = index;
        this.peers = peers;
    }

    /** By number of the service's port. */
    static Map<Integer, List<MeshEndpoint>> of(String host, ConfigIndex index, PeerAuthentications peers) {
        Endpoints endpoints = new Endpoints(index, peers);
        List<KubernetesService> services = index.kubernetesServices.read(host);
        if (services.isEmpty()) {
            index.serviceEntries.read(host).forEach(entry -> endpoints.serviceEntry(entry, host));
        } else {
            endpoints.kubernetes(services.get(0));
        }
        return Collections.unmodifiableMap(endpoints.found);
    }

    private void kubernetes(KubernetesService service) {
        String namespace = service.meta().namespace();
        List<EndpointSlice> own =
                index.slices.read(namespace + "/" + service.meta().name());
        List<Workload> workloads = selected(namespace, service.selector());
        for (KubernetesService.Port port : service.ports()) {
            if (!service.externalName().isEmpty()) {
                Workload external = external(namespace, service.externalName());
                add(
                        port.number(),
                        new MeshEndpoint(service.externalName(), port.number(), external, false, Health.HEALTHY));
                continue;
            }
            own.forEach(slice -> fromSlice(service, port, slice));
            for (Workload workload : workloads) {
                if (own.isEmpty() || !workload.pod()) {
                    add(port.number(), endpoint(workload, port(workload, port), service.publishNotReady()));
                }
            }
        }
    }

    /** The workloads with all these labels; without any label none. */
    private List<Workload> selected(String namespace, Map<String, String> selector) {
        return Labels.key(namespace, selector).stream()
                .flatMap(key -> index.labelledWorkloads.read(key).stream())
                .filter(workload -> workload.matches(selector))
                .map(workload -> located(index, workload))
                .toList();
    }

    /** A pod that says nothing of its own runs where its node does. */
    static Workload located(ConfigIndex index, Workload workload) {
        if (!workload.locality().isEmpty() || workload.node().isEmpty()) {
            return workload;
        }
        return index.nodes.read(workload.node()).stream()
                .findFirst()
                .map(node -> workload.at(node.locality()))
                .orElse(workload);
    }

    private void fromSlice(KubernetesService service, KubernetesService.Port port, EndpointSlice slice) {
        for (EndpointSlice.Port slicePort : slice.ports()) {
            if (!slicePort.name().equals(port.name())) {
                continue;
            }
            for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
                for (String address : endpoint.addresses()) {
                    Workload workload = behind(service, endpoint, address);
                    boolean mtls = workload.acceptsMtls() && peers.acceptsMtls(workload, slicePort.number());
                    health(service, endpoint.conditions(), workload)
                            .ifPresent(health -> add(
                                    port.number(),
                                    new MeshEndpoint(address, slicePort.number(), workload, mtls, health)));
                }
            }
        }
    }

    /** Empty for what is not to be called any more, and not even counted. */
    private static Optional<Health> health(
            KubernetesService service, EndpointSlice.Conditions conditions, Workload workload) {
        boolean sessions = PERSISTENT_SESSION.stream()
                .anyMatch(label ->
                        !service.meta().labels().getOrDefault(label, "").isEmpty());
        boolean leaves = leaves(workload);
        if (leaves || (conditions.terminating() && !conditions.ready())) {
            return sessions && (leaves || conditions.serving()) ? Optional.of(Health.DRAINING) : Optional.empty();
        }
        return Optional.of(conditions.ready() || service.publishNotReady() ? Health.HEALTHY : Health.UNHEALTHY);
    }

    private static boolean leaves(Workload workload) {
        return !workload.labels().getOrDefault(DRAINING, "").isEmpty();
    }

    private Workload behind(KubernetesService service, EndpointSlice.Endpoint endpoint, String address) {
        String namespace = service.meta().namespace();
        return endpoint.pod().stream()
                .flatMap(pod -> index.workloads.read(namespace + "/" + pod).stream())
                .filter(Workload::pod)
                .findFirst()
                .map(workload -> located(index, workload))
                .orElseGet(() -> external(namespace, address));
    }

    private void serviceEntry(ServiceEntry entry, String host) {
        for (ServiceEntry.Port port : entry.ports()) {
            int target = port.targetPort() == 0 ? port.number() : port.targetPort();
            for (WorkloadEntry.Spec spec : entry.endpoints()) {
                Workload workload =
                        Workloads.of(entry.meta().namespace(), entry.meta().name(), spec, Map.of());
                add(port.number(), endpoint(workload, spec.ports().getOrDefault(port.name(), target), false));
            }
            boolean named = entry.endpoints().isEmpty()
                    && entry.workloadSelector().isEmpty()
                    && entry.resolution() != ServiceEntry.Resolution.NONE
                    && entry.resolution() != ServiceEntry.Resolution.STATIC;
            if (named) {
                add(
                        port.number(),
                        new MeshEndpoint(
                                host, target, external(entry.meta().namespace(), host), false, Health.HEALTHY));
            }
            for (Workload workload : selected(entry.meta().namespace(), entry.workloadSelector())) {
                int own = workload.pod() ? target : workload.ports().getOrDefault(port.name(), target);
                add(port.number(), endpoint(workload, own, false));
            }
        }
    }

    private MeshEndpoint endpoint(Workload workload, int port, boolean publishNotReady) {
        boolean mtls = workload.acceptsMtls() && peers.acceptsMtls(workload, port);
        Health health = workload.ready() || publishNotReady ? Health.HEALTHY : Health.UNHEALTHY;
        return new MeshEndpoint(workload.address(), port, workload, mtls, health);
    }

    private void add(int port, MeshEndpoint endpoint) {
        boolean left = endpoint.health() != Health.DRAINING && leaves(endpoint.workload());
        if (endpoint.port() > 0 && !endpoint.address().isEmpty() && !left) {
            found.computeIfAbsent(port, unknown -> new ArrayList<>()).add(endpoint);
        }
    }

    /** The port of the workload behind a service's port; 0 if a named one does not exist there. */
    private static int port(Workload workload, KubernetesService.Port port) {
        Integer own = workload.pod() ? null : workload.ports().get(port.name());
        if (own != null) {
            return own;
        }
        if (port.targetPort().isEmpty()) {
            return port.number();
        }
        if (port.targetPort().chars().allMatch(Character::isDigit)) {
            return Integer.parseInt(port.targetPort());
        }
        return workload.ports().getOrDefault(port.targetPort(), 0);
    }

    private static Workload external(String namespace, String address) {
        return new Workload(false, namespace, "", "", address, Map.of(), Map.of(), "", "", 1, true, false, "");
    }
}
