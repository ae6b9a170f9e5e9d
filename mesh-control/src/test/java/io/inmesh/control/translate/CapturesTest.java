package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.testkit.Peers;
import io.inmesh.xds.state.FileConfigSource;
import io.inmesh.xds.state.XdsResources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same resources, once translated by a real istiod (recorded) and once by us, seen through the client's compiled tables: the same
 * calls land in the same places. What may differ is listed in record 12.
 */
class CapturesTest {

    private static final List<String> STRICT = List.of("08-mtls");
    private static final List<String> BOOKINFO =
            List.of("01-reviews-header-and-weights", "02-reviews-subsets", "05-fault-injection");

    private record Scenario(String namespace, String node, Map<String, String> labels, List<String> tutorial) {}

    private static final Map<String, Scenario> SCENARIOS = Map.of(
            "reviews-client", scenario("bookinfo", "productpage-v1-h-0", BOOKINFO, STRICT),
            "reviews-timeouts-client",
                    scenario(
                            "bookinfo",
                            "productpage-v1-h-0",
                            List.of("05-fault-injection", "06-timeout-and-retries", "07-circuit-breaker"),
                            STRICT),
            "myapp-canary-client", scenario("default", "frontend-v1-h-0", BOOKINFO, List.of("03-canary"), STRICT),
            "myapp-header-client",
                    scenario("default", "frontend-v1-h-0", BOOKINFO, List.of("04-header-routing"), STRICT),
            "permissive-client", scenario("default", "frontend-v1-h-0", BOOKINFO, List.of("04-header-routing")),
            "httpbin-server-strict",
                    scenario(
                            "default",
                            "httpbin-v1-h-0",
                            BOOKINFO,
                            List.of("04-header-routing", "09-authorization"),
                            STRICT),
            "httpbin-server-permissive",
                    scenario("default", "httpbin-v1-h-0", BOOKINFO, List.of("04-header-routing", "09-authorization")));

    @SafeVarargs
    private static Scenario scenario(String namespace, String node, List<String>... tutorial) {
        List<String> all = new ArrayList<>();
        List.of(tutorial).forEach(all::addAll);
        return new Scenario(namespace, node, Map.of(), all);
    }

    private static ConfigSnapshot config(String folder) {
        Scenario scenario = SCENARIOS.get(folder);
        List<ConfigSnapshot> parts = new ArrayList<>();
        for (String name : List.of("bookinfo", "default", "istio-system")) {
            parts.add(Yaml.of(resource("/inventory/" + name + ".yaml")));
        }
        if (!folder.startsWith("reviews")) {
            parts.add(Yaml.of(resource("/inventory/myapp-subsets.yaml")));
        }
        for (String file : scenario.tutorial) {
            boolean bookinfo = BOOKINFO.contains(file) || file.startsWith("06") || file.startsWith("07");
            parts.add(Yaml.file((bookinfo ? "bookinfo/" : "default/") + file + ".yaml", tutorial(file)));
        }
        return Yaml.all(parts);
    }

    private static Simulation ours(String folder) {
        Scenario scenario = SCENARIOS.get(folder);
        return Simulation.of(
                config(folder),
                MeshSettings.DEFAULT,
                Simulation.proxy(scenario.namespace, scenario.node, scenario.labels));
    }

    private static Simulation recorded(String folder) {
        AtomicReference<XdsResources> resources = new AtomicReference<>();
        try (FileConfigSource source =
                new FileConfigSource(Peers.shared("istiod-captures").resolve(folder))) {
            source.start(resources::set);
        }
        return Simulation.of(resources.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reviews-client",
                "reviews-timeouts-client",
                "myapp-canary-client",
                "myapp-header-client",
                "permissive-client"
            })
    void callsLandWhereTheyLandWithIstiod(String folder) {
        Simulation recorded = recorded(folder);
        Simulation ours = ours(folder);
        for (String authority : List.of(
                "reviews:9080",
                "reviews.bookinfo:9080",
                "reviews.bookinfo.svc.cluster.local:9080",
                "ratings:9080",
                "ratings.bookinfo:9080",
                "details.bookinfo.svc:9080",
                "10.96.154.47:9080",
                "myapp",
                "myapp.default",
                "myapp.default.svc.cluster.local:80",
                "httpbin.default:8000",
                "httpbin:8000",
                "api.default.svc:8080",
                "frontend:8080",
                "reviews.bookinfo.svc.cluster.local",
                "istio-ingressgateway.istio-system",
                "unknown.example.com",
                "unknown.example.com:9080")) {
            for (String[] headers :
                    new String[][] {{}, {"end-user: jason"}, {"end-user: jasonx"}, {"x-canary: true"}}) {
                assertThat(meaning(ours.get(authority, "/api?x=1", headers)))
                        .as(folder + " " + authority + " " + List.of(headers))
                        .isEqualTo(meaning(recorded.get(authority, "/api?x=1", headers)));
            }
        }
    }

    /** Everything of the decision except route names, which we give where istiod gives none. */
    private static Map<String, Object> meaning(Explanation explanation) {
        Map<String, Object> meaning = new TreeMap<>();
        meaning.put("verdict", explanation.verdict());
        meaning.put("virtualHost", explanation.virtualHost());
        meaning.put("istioConfig", explanation.istioConfig());
        meaning.put(
                "misses",
                explanation.misses().stream().map(Explanation.Miss::reason).toList());
        meaning.put("fault", explanation.fault());
        meaning.put("reply", explanation.reply());
        meaning.put("policy", explanation.policy());
        List<Object> clusters = new ArrayList<>();
        for (Explanation.Destination destination : explanation.clusters()) {
            TreeSet<String> endpoints = new TreeSet<>();
            destination
                    .endpoints()
                    .forEach(endpoint -> endpoints.add(endpoint.address() + " " + endpoint.weight() + " "
                            + endpoint.priority() + " " + endpoint.tls()));
            clusters.add(List.of(
                    destination.cluster(),
                    destination.weight(),
                    destination.totalWeight(),
                    destination.known(),
                    destination.istioConfig(),
                    destination.balancing(),
                    endpoints));
        }
        meaning.put("clusters", clusters);
        return meaning;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"httpbin-server-strict", "httpbin-server-permissive", "permissive-client", "myapp-canary-client"
            })
    void connectionsAndRequestsThatComeInAreTreatedAsWithIstiod(String folder) {
        Simulation recorded = recorded(folder);
        Simulation ours = ours(folder);
        String[][] protocols = {
            {},
            {"http/1.1"},
            {"h2"},
            {"istio"},
            {"istio-peer-exchange", "istio"},
            {"istio-http/1.1", "istio", "http/1.1"},
            {"istio-h2", "istio", "h2"}
        };
        for (int port : new int[] {8080, 9999, 15_006}) {
            List<InboundConnection> connections = new ArrayList<>(List.of(Simulation.plaintext(port)));
            for (String[] alpn : protocols) {
                connections.add(Simulation.tls(port, alpn));
            }
            for (InboundConnection connection : connections) {
                assertThat(ours.open(connection)).as(folder + " " + connection).isEqualTo(recorded.open(connection));
            }
            for (String method : List.of("GET", "POST", "DELETE")) {
                for (String path : List.of("/api/x", "/api", "/api/../admin", "/", "/API/x", "/api/%2e%2e/admin")) {
                    for (InboundConnection connection : List.of(
                            Simulation.plaintext(port),
                            Simulation.mutual(port, "spiffe://cluster.local/ns/default/sa/frontend"),
                            Simulation.mutual(port, "spiffe://cluster.local/ns/default/sa/frontendx"),
                            Simulation.mutual(port, "spiffe://cluster.local/ns/other/sa/frontend"),
                            Simulation.mutual(port, "spiffe://evil.local/ns/default/sa/frontend"))) {
                        assertThat(ours.decide(connection, Simulation.request(method, "httpbin", path)))
                                .as(folder + " " + method + " " + path + " " + connection)
                                .isEqualTo(recorded.decide(connection, Simulation.request(method, "httpbin", path)));
                    }
                }
            }
        }
    }

    private static String resource(String path) {
        try (var stream = CapturesTest.class.getResourceAsStream(path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String tutorial(String name) {
        try {
            return Files.readString(Peers.shared("tutorial").resolve(name + ".yaml"));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
