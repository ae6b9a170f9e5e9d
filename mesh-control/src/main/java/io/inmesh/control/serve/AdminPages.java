package io.inmesh.control.serve;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Problem;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.StreamStatus;
import io.inmesh.control.push.SubscriptionStatus;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.state.MeshEndpoint;
import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.PushContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What the debug port shows: configuration with its problems, endpoints, and what each client has and refused. */
public final class AdminPages {

    private final Supplier<ConfigSnapshot> config;
    private final Hub hub;

    public AdminPages(Supplier<ConfigSnapshot> config, Hub hub) {
        this.config = config;
        this.hub = hub;
    }

    /** By path. */
    public Map<String, Supplier<AdminPort.Page>> byPath() {
        return Map.of(
                "/ready", this::ready,
                "/metrics", this::metrics,
                "/debug/configz", () -> AdminPort.Page.json(configz()),
                "/debug/endpointz", () -> AdminPort.Page.json(endpointz()),
                "/debug/syncz", () -> AdminPort.Page.json(syncz()),
                "/debug/adsz", () -> AdminPort.Page.json(adsz()));
    }

    private AdminPort.Page ready() {
        if (hub.complete()) {
            return new AdminPort.Page(200, "text/plain", "ready\n");
        }
        StringBuilder why = new StringBuilder("the first complete state is not there yet\n");
        errors().forEach(problem -> why.append(problem).append('\n'));
        return new AdminPort.Page(503, "text/plain", why.toString());
    }

    private List<Problem> errors() {
        return config.get().problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
    }

    private AdminPort.Page metrics() {
        List<StreamStatus> streams = hub.statuses();
        long rejections = streams.stream()
                .flatMap(stream -> stream.subscriptions().stream())
                .filter(subscription -> !subscription.rejection().isEmpty())
                .count();
        String text = gauge("pilot_xds", "Clients that are connected by ADS.", streams.size())
                + gauge("pilot_xds_rejects", "Subscriptions whose last answer the client refused.", rejections)
                + gauge("pilot_services", "Services that are known.", hub.inspect(context -> context.services()
                        .size()))
                + gauge("inmesh_config_errors", "Resources and files that are wrong.", errors().size())
                + gauge(
                        "inmesh_config_resources",
                        "Resources that are used.",
                        config.get().resources().size())
                + "# HELP inmesh_pushes_total States that were published.\n# TYPE inmesh_pushes_total counter\n"
                + "inmesh_pushes_total " + hub.counts().pushes() + "\n";
        return new AdminPort.Page(200, "text/plain; version=0.0.4", text);
    }

    private static String gauge(String name, String help, long value) {
        return "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n" + name + " " + value + "\n";
    }

    private Object configz() {
        List<Object> resources = new ArrayList<>();
        config.get()
                .resources()
                .forEach(resource -> resources.add(ordered(
                        "kind", resource.meta().kind(),
                        "namespace", resource.meta().namespace(),
                        "name", resource.meta().name(),
                        "origin", resource.meta().origin())));
        List<Object> problems = new ArrayList<>();
        config.get()
                .problems()
                .forEach(problem -> problems.add(ordered(
                        "severity", problem.severity(),
                        "file", problem.origin().file(),
                        "line", problem.origin().line(),
                        "resource", problem.resource(),
                        "field", problem.field(),
                        "reason", problem.reason())));
        return ordered("complete", config.get().complete(), "problems", problems, "resources", resources);
    }

    private Object endpointz() {
        return hub.inspect(AdminPages::endpointz);
    }

    private static Object endpointz(PushContext context) {
        List<Object> services = new ArrayList<>();
        for (MeshService service : context.services()) {
            for (MeshService.ServicePort port : service.ports()) {
                List<Object> endpoints = new ArrayList<>();
                for (MeshEndpoint endpoint : context.endpoints(service.host(), port.number())) {
                    endpoints.add(ordered(
                            "address", endpoint.address() + ":" + endpoint.port(),
                            "workload", endpoint.workload().name(),
                            "namespace", endpoint.workload().namespace(),
                            "serviceAccount", endpoint.workload().serviceAccount(),
                            "labels", endpoint.workload().labels(),
                            "mtls", endpoint.mtls(),
                            "healthy", endpoint.healthy()));
                }
                services.add(
                        ordered("svc", service.host() + ":" + port.name(), "port", port.number(), "ep", endpoints));
            }
        }
        return services;
    }

    private Object syncz() {
        List<Object> clients = new ArrayList<>();
        for (StreamStatus stream : hub.statuses()) {
            Map<String, Object> client = ordered("proxy", stream.proxy().id());
            for (SubscriptionStatus subscription : stream.subscriptions()) {
                String type = subscription.type().name().toLowerCase(Locale.ROOT);
                boolean synced = subscription.acknowledged().equals(subscription.sent());
                client.put(type, !subscription.rejection().isEmpty() ? "REJECTED" : synced ? "SYNCED" : "STALE");
            }
            clients.add(client);
        }
        return clients;
    }

    private Object adsz() {
        List<Object> clients = new ArrayList<>();
        for (StreamStatus stream : hub.statuses()) {
            Map<String, Object> types = new LinkedHashMap<>();
            for (SubscriptionStatus subscription : stream.subscriptions()) {
                XdsType type = subscription.type();
                types.put(
                        type.name(),
                        ordered(
                                "names", subscription.names(),
                                "sent", subscription.sent(),
                                "acknowledged", subscription.acknowledged(),
                                "outstanding", subscription.outstanding(),
                                "rejection", subscription.rejection()));
            }
            clients.add(ordered(
                    "connection", stream.id(),
                    "proxy", stream.proxy().id(),
                    "serviceAccount", stream.proxy().serviceAccount(),
                    "labels", stream.proxy().labels(),
                    "connectedAt", stream.since(),
                    "types", types));
        }
        return ordered("totalClients", clients.size(), "connected", clients);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
