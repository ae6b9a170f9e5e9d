package io.inmesh.control.state;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.EndpointSlice;
import io.inmesh.control.config.KubernetesService;
import io.inmesh.control.config.ServiceEntry;
import io.inmesh.control.config.WorkloadEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the endpoints of every port of every service: from EndpointSlices where a service has them, else from the workloads that it
 * selects. Pure.
 */
final class Endpoints {

    private final MeshSettings settings;
    private final PeerAuthentications peers;
    private final List<Workload> workloads;
    private final Map<String, Map<Integer, List<MeshEndpoint>>> found = new HashMap<>();

    Endpoints(MeshSettings settings, PeerAuthentications peers, List<Workload> workloads) {
        this.settings = settings;
        this.peers = peers;
        this.workloads = workloads;
    }

    /** By host, then by number of the service's port. */
    Map<String, Map<Integer, List<MeshEndpoint>>> of(ConfigSnapshot config) {
        List<EndpointSlice> slices = config.of(EndpointSlice.class);
        for (ServiceEntry entry : config.of(ServiceEntry.class)) {
            entry.hosts().forEach(host -> serviceEntry(entry, host));
        }
        for (KubernetesService service : config.of(KubernetesService.class)) {
            kubernetes(service, slices);
        }
        return found;
    }

    private void kubernetes(KubernetesService service, List<EndpointSlice> slices) {
        String host = service.meta().name() + "." + service.meta().namespace() + ".svc." + settings.clusterDomain();
        found.remove(host);
        List<EndpointSlice> own = slices.stream()
                .filter(slice -> slice.meta().namespace().equals(service.meta().namespace())
                        && slice.service().equals(service.meta().name()))
                .toList();
        for (KubernetesService.Port port : service.ports()) {
            if (!service.externalName().isEmpty()) {
                Workload external = external(service.meta().namespace(), service.externalName());
                add(
                        host,
                        port.number(),
                        new MeshEndpoint(service.externalName(), port.number(), external, false, true));
                continue;
            }
            own.forEach(slice -> fromSlice(host, service, port, slice));
            for (Workload workload : workloads) {
                if (selects(service, workload) && (own.isEmpty() || !workload.pod())) {
                    add(host, port.number(), endpoint(workload, port(workload, port), service.publishNotReady()));
                }
            }
        }
    }

    private static boolean selects(KubernetesService service, Workload workload) {
        return !service.selector().isEmpty()
                && workload.namespace().equals(service.meta().namespace())
                && workload.matches(service.selector());
    }

    private void fromSlice(String host, KubernetesService service, KubernetesService.Port port, EndpointSlice slice) {
        for (EndpointSlice.Port slicePort : slice.ports()) {
            if (!slicePort.name().equals(port.name())) {
                continue;
            }
            for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
                for (String address : endpoint.addresses()) {
                    Workload workload = behind(service, endpoint, address);
                    boolean mtls = workload.acceptsMtls() && peers.acceptsMtls(workload, slicePort.number());
                    boolean healthy = endpoint.ready() || service.publishNotReady();
                    add(host, port.number(), new MeshEndpoint(address, slicePort.number(), workload, mtls, healthy));
                }
            }
        }
    }

    private Workload behind(KubernetesService service, EndpointSlice.Endpoint endpoint, String address) {
        for (Workload workload : workloads) {
            boolean named = endpoint.pod().filter(workload.name()::equals).isPresent();
            if (workload.pod()
                    && named
                    && workload.namespace().equals(service.meta().namespace())) {
                return workload;
            }
        }
        return external(service.meta().namespace(), address);
    }

    private void serviceEntry(ServiceEntry entry, String host) {
        for (ServiceEntry.Port port : entry.ports()) {
            int target = port.targetPort() == 0 ? port.number() : port.targetPort();
            for (WorkloadEntry.Spec spec : entry.endpoints()) {
                Workload workload =
                        Workloads.of(entry.meta().namespace(), entry.meta().name(), spec, Map.of());
                add(host, port.number(), endpoint(workload, spec.ports().getOrDefault(port.name(), target), false));
            }
            boolean named = entry.endpoints().isEmpty()
                    && entry.workloadSelector().isEmpty()
                    && entry.resolution() != ServiceEntry.Resolution.NONE
                    && entry.resolution() != ServiceEntry.Resolution.STATIC;
            if (named) {
                add(
                        host,
                        port.number(),
                        new MeshEndpoint(host, target, external(entry.meta().namespace(), host), false, true));
            }
            for (Workload workload : workloads) {
                if (!entry.workloadSelector().isEmpty()
                        && workload.namespace().equals(entry.meta().namespace())
                        && workload.matches(entry.workloadSelector())) {
                    int own = workload.pod() ? target : workload.ports().getOrDefault(port.name(), target);
                    add(host, port.number(), endpoint(workload, own, false));
                }
            }
        }
    }

    private MeshEndpoint endpoint(Workload workload, int port, boolean publishNotReady) {
        boolean mtls = workload.acceptsMtls() && peers.acceptsMtls(workload, port);
        return new MeshEndpoint(workload.address(), port, workload, mtls, workload.ready() || publishNotReady);
    }

    private void add(String host, int port, MeshEndpoint endpoint) {
        if (endpoint.port() > 0 && !endpoint.address().isEmpty()) {
            found.computeIfAbsent(host, unknown -> new HashMap<>())
                    .computeIfAbsent(port, unknown -> new ArrayList<>())
                    .add(endpoint);
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
        return new Workload(false, namespace, "", "", address, Map.of(), Map.of(), "", "", 1, true, false);
    }
}
