package io.inmesh.client.admin;

import io.inmesh.xds.envoy.DeclaredTypes;
import io.inmesh.xds.envoy.TransportSockets.TlsCertificate;
import io.inmesh.xds.wire.JsonPrinter;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All pages, by path. */
final class AdminPages {

    /** Prints what Envoy's messages say and no key. */
    static final JsonPrinter JSON = JsonPrinter.admin(DeclaredTypes.REGISTRY, Set.of(TlsCertificate.PRIVATE_KEY));

    private AdminPages() {}

    static Map<String, AdminPage> of(AdminView view, ObservedCalls calls) {
        Map<String, AdminPage> pages = new TreeMap<>();
        pages.put("/", query -> AdminAnswer.text(String.join("\n", pages.keySet()) + "\n"));
        pages.put("/certs", new CertificatesPage(view));
        pages.put("/clusters", new ClustersPage(view));
        pages.put("/config_dump", new ConfigDumpPage(view));
        pages.put("/listeners", new ListenersPage(view));
        pages.put("/mesh/attempts", new AttemptsPage(calls.recent()));
        pages.put("/mesh/explain", new ExplainPage(view));
        pages.put("/mesh/latency", new LatencyPage(calls.latencies()));
        pages.put("/ready", new ReadyPage(view));
        pages.put("/server_info", new ServerInfoPage(view));
        pages.put("/stats", new StatsPage(view));
        return Collections.unmodifiableMap(pages);
    }
}
