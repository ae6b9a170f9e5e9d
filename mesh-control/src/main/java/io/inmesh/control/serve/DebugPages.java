package io.inmesh.control.serve;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Meta;
import io.inmesh.control.config.Problem;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.StreamStatus;
import io.inmesh.control.push.SubscriptionStatus;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.state.MeshEndpoint;
import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.MeshService.ServicePort;
import io.inmesh.control.state.PushContext;
import io.inmesh.control.state.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What istiod shows below {@code /debug/}, in its shapes: as maps and lists for JSON, and as far as its viewer may see it. What is ours
 * alone stands in fields of other names, and in {@code problemz}.
 */
public final class DebugPages {

    private static final String CLUSTER = "Kubernetes";
    private static final Map<XdsType, String> ISTIO_NAMES = Map.of(
            XdsType.CDS, "cluster",
            XdsType.EDS, "endpoint",
            XdsType.LDS, "listener",
            XdsType.RDS, "route");

    private final Supplier<ConfigSnapshot> config;
    private final Hub hub;
    private final Map<String, BiFunction<DebugPages, DebugViewer, Object>> pages;

    public DebugPages(Supplier<ConfigSnapshot> config, Hub hub) {
        this.config = config;
        this.hub = hub;
        this.pages = Map.of(
                "syncz", DebugPages::syncz,
                "adsz", DebugPages::adsz,
                "configz", DebugPages::configz,
                "endpointz", DebugPages::endpointz,
                "problemz", DebugPages::problemz);
    }

    /** The page of that name; empty if there is none. */
    Optional<Object> page(String name, DebugViewer viewer) {
        return Optional.ofNullable(pages.get(name)).map(page -> page.apply(this, viewer));
    }

    /** In order. */
    List<String> names() {
        return pages.keySet().stream().sorted().toList();
    }

    /** The clients that a viewer sees. */
    List<StreamStatus> clients(DebugViewer viewer) {
        return hub.statuses().stream()
                .filter(stream -> viewer.sees(stream.proxy().namespace()))
                .toList();
    }

    private Object syncz(DebugViewer viewer) {
        List<Object> clients = new ArrayList<>();
        for (StreamStatus stream : clients(viewer)) {
            Map<String, Object> client = ordered(
                    "cluster",
                    CLUSTER,
                    "proxy",
                    stream.proxy().name() + "." + stream.proxy().namespace(),
                    "proxy_type",
                    stream.proxy().gateway() ? "router" : "sidecar");
            for (SubscriptionStatus subscription : stream.subscriptions()) {
                String name = ISTIO_NAMES.get(subscription.type());
                if (name != null) {
                    put(client, name + "_sent", subscription.sent());
                    put(client, name + "_acked", subscription.acknowledged());
                    put(client, name + "_rejected", subscription.rejection());
                }
            }
            clients.add(client);
        }
        return clients;
    }

    private Object adsz(DebugViewer viewer) {
        List<Object> clients = new ArrayList<>();
        for (StreamStatus stream : clients(viewer)) {
            Map<String, Object> watches = new LinkedHashMap<>();
            for (SubscriptionStatus subscription : stream.subscriptions()) {
                watches.put(
                        subscription.type().url(),
                        ordered(
                                "names", subscription.names(),
                                "sent", subscription.sent(),
                                "acknowledged", subscription.acknowledged(),
                                "outstanding", subscription.outstanding(),
                                "rejection", subscription.rejection()));
            }
            clients.add(ordered(
                    "connectionId", stream.proxy().name() + "." + stream.proxy().namespace() + "-" + stream.id(),
                    "connectedAt", stream.since(),
                    "address", stream.proxy().addresses().stream().findFirst().orElse(""),
                    "labels", stream.proxy().labels(),
                    "metadata",
                            ordered(
                                    "NAMESPACE", stream.proxy().namespace(),
                                    "SERVICE_ACCOUNT", stream.proxy().serviceAccount()),
                    "watches", watches));
        }
        return ordered("totalClients", clients.size(), "clients", clients);
    }

    private Object configz(DebugViewer viewer) {
        List<Object> resources = new ArrayList<>();
        config.get().resources().stream()
                .map(resource -> resource.meta())
                .filter(meta -> meta.group().endsWith("istio.io") && viewer.sees(meta.namespace()))
                .forEach(meta -> resources.add(ordered(
                        "kind", meta.kind(),
                        "apiVersion", meta.group() + "/v1",
                        "metadata", metadata(meta))));
        return resources;
    }

    private static Map<String, Object> metadata(Meta meta) {
        Map<String, Object> metadata = ordered("name", meta.name(), "namespace", meta.namespace());
        meta.created().ifPresent(created -> metadata.put("creationTimestamp", created));
        if (!meta.labels().isEmpty()) {
            metadata.put("labels", meta.labels());
        }
        metadata.put("origin", meta.origin());
        return metadata;
    }

    private Object problemz(DebugViewer viewer) {
        List<Object> problems = new ArrayList<>();
        for (Problem problem : config.get().problems()) {
            if (viewer.namespace().isEmpty()
                    || problem.resource().contains(" " + viewer.namespace().get() + "/")) {
                problems.add(ordered(
                        "severity", problem.severity(),
                        "file", problem.origin().file(),
                        "line", problem.origin().line(),
                        "resource", problem.resource(),
                        "field", problem.field(),
                        "reason", problem.reason()));
            }
        }
        return ordered("complete", config.get().complete(), "problems", problems);
    }

    private Object endpointz(DebugViewer viewer) {
        return hub.inspect(context -> endpointz(context, viewer));
    }

    private static Object endpointz(PushContext context, DebugViewer viewer) {
        List<Object> services = new ArrayList<>();
        for (MeshService service : context.services()) {
            if (!viewer.sees(service.namespace())) {
                continue;
            }
            for (ServicePort port : service.ports()) {
                List<Object> endpoints = context.endpoints(service.host(), port.number()).stream()
                        .<Object>map(endpoint -> endpoint(endpoint, service, port))
                        .toList();
                services.add(ordered("svc", service.host() + ":" + port.name(), "ep", endpoints));
            }
        }
        return services;
    }

    private static Map<String, Object> endpoint(MeshEndpoint endpoint, MeshService service, ServicePort port) {
        Workload workload = endpoint.workload();
        return ordered(
                "Addresses", List.of(endpoint.address()),
                "EndpointPort", endpoint.port(),
                "ServicePortName", port.name(),
                "HostName", service.host(),
                "Namespace", workload.namespace(),
                "WorkloadName", workload.name(),
                "ServiceAccount", workload.serviceAccount(),
                "Labels", workload.labels(),
                "Locality", ordered("Label", workload.locality(), "ClusterID", CLUSTER),
                "LbWeight", workload.weight(),
                "TLSMode", endpoint.mtls() ? "istio" : "disabled",
                "NodeName", workload.node(),
                "HealthStatus", healthStatus(endpoint.health()));
    }

    /** Istio's numbers. */
    private static int healthStatus(MeshEndpoint.Health health) {
        return switch (health) {
            case HEALTHY -> 1;
            case UNHEALTHY -> 2;
            case DRAINING -> 3;
        };
    }

    private static void put(Map<String, Object> map, String key, String value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }

    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
