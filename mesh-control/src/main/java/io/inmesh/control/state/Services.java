package io.inmesh.control.state;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.KubernetesService;
import io.inmesh.control.config.ServiceEntry;
import io.inmesh.control.state.MeshService.Resolution;
import io.inmesh.control.state.MeshService.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes one table of services from Kubernetes Services and ServiceEntries. Pure. */
final class Services {

    private Services() {}

    /** By host; where both name a host, Kubernetes' one is used. */
    static Map<String, MeshService> of(ConfigSnapshot config, MeshSettings settings) {
        Map<String, MeshService> services = new TreeMap<>();
        for (KubernetesService service : config.of(KubernetesService.class)) {
            MeshService read = of(service, settings);
            services.put(read.host(), read);
        }
        for (ServiceEntry entry : config.of(ServiceEntry.class)) {
            for (String host : entry.hosts()) {
                services.putIfAbsent(host, of(entry, host));
            }
        }
        return services;
    }

    private static MeshService of(KubernetesService service, MeshSettings settings) {
        List<ServicePort> ports = new ArrayList<>();
        for (KubernetesService.Port port : service.ports()) {
            if (port.transport().equals("TCP")) {
                ports.add(new ServicePort(port.number(), port.name(), Protocol.of(port.appProtocol(), port.name())));
            }
        }
        Resolution resolution = service.externalName().isEmpty() ? Resolution.ENDPOINTS : Resolution.DNS;
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
                exportTo(service.meta().annotations()),
                service.meta().origin());
    }

    private static MeshService of(ServiceEntry entry, String host) {
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
                entry.exportTo(),
                entry.meta().origin());
    }

    private static Resolution resolution(ServiceEntry.Resolution written) {
        return switch (written) {
            case NONE -> Resolution.NONE;
            case STATIC -> Resolution.ENDPOINTS;
            case DNS -> Resolution.DNS;
            case DNS_ROUND_ROBIN -> Resolution.DNS_ROUND_ROBIN;
        };
    }

    private static List<String> exportTo(Map<String, String> annotations) {
        String written = annotations.getOrDefault("networking.istio.io/exportTo", "");
        return written.isEmpty() ? List.of() : List.of(written.split("\\s*,\\s*"));
    }
}
