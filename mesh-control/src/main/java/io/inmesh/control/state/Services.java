package io.inmesh.control.state;

import io.inmesh.control.config.KubernetesService;
import io.inmesh.control.config.ServiceEntry;
import io.inmesh.control.state.MeshService.Resolution;
import io.inmesh.control.state.MeshService.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes services of Kubernetes Services and of ServiceEntries. Pure. */
final class Services {

    private Services() {}

    static MeshService of(KubernetesService service, MeshSettings settings) {
        List<ServicePort> ports = new ArrayList<>();
        for (KubernetesService.Port port : service.ports()) {
            if (port.transport().equals("TCP")) {
                ports.add(new ServicePort(port.number(), port.name(), Protocol.of(port.appProtocol(), port.name())));
            }
        }
        Resolution resolution = resolution(service);
        return new MeshService(
                service.meta().name() + "." + service.meta().namespace() + ".svc." + settings.clusterDomain(),
                service.meta().name(),
                service.meta().namespace(),
                service.addresses(),
                List.copyOf(ports),
                resolution,
                true,
                resolution == Resolution.DNS,
                List.of(),
                exportTo(written(service.meta().annotations()), settings),
                service.meta().origin());
    }

    static MeshService of(ServiceEntry entry, String host, MeshSettings settings) {
        List<ServicePort> ports = new ArrayList<>();
        for (ServiceEntry.Port port : entry.ports()) {
            ports.add(new ServicePort(port.number(), port.name(), Protocol.of(port.protocol(), port.name())));
        }
        return new MeshService(
                host,
                host,
                entry.meta().namespace(),
                entry.addresses(),
                List.copyOf(ports),
                resolution(entry.resolution()),
                false,
                entry.external(),
                entry.subjectAltNames(),
                exportTo(entry.exportTo(), settings),
                entry.meta().origin());
    }

    /** A headless service's names lead to its pods; who calls one of them means that pod. */
    private static Resolution resolution(KubernetesService service) {
        if (!service.externalName().isEmpty()) {
            return Resolution.DNS;
        }
        return service.headless() ? Resolution.NONE : Resolution.ENDPOINTS;
    }

    private static Resolution resolution(ServiceEntry.Resolution written) {
        return switch (written) {
            case NONE -> Resolution.NONE;
            case STATIC -> Resolution.ENDPOINTS;
            case DNS -> Resolution.DNS;
            case DNS_ROUND_ROBIN -> Resolution.DNS_ROUND_ROBIN;
        };
    }

    private static List<String> exportTo(List<String> written, MeshSettings settings) {
        return written.isEmpty() ? settings.exports().services() : written;
    }

    private static List<String> written(Map<String, String> annotations) {
        String written = annotations.getOrDefault("networking.istio.io/exportTo", "");
        return written.isEmpty() ? List.of() : List.of(written.split("\\s*,\\s*"));
    }
}
