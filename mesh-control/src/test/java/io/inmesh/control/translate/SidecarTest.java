package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.pipeline.Explanation;
import io.inmesh.control.config.Yaml;
import io.inmesh.control.push.EncodedResource;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.testkit.FakeClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SidecarTest {

    private static final Proxy CLIENT = Simulation.proxy("shop", "client", Map.of("app", "client"));

    private static String service(String namespace, String name) {
        return """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: %s}
                spec: {ports: [{name: http, port: 80}]}
                """.formatted(name, namespace);
    }

    private static final String WORLD = service("shop", "a") + service("shop", "b") + service("other", "c");

    private static String sidecar(String namespace, String name, String spec) {
        return """
                ---
                apiVersion: networking.istio.io/v1
                kind: Sidecar
                metadata: {name: %s, namespace: %s}
                spec: %s
                """.formatted(name, namespace, spec);
    }

    private static List<String> clusters(String yaml) {
        Hub hub = new Hub(MeshSettings.DEFAULT, new FakeClock(), Runnable::run);
        hub.push(context -> context.replace(Yaml.of(yaml).resources()));
        return hub.resourcesFor(CLIENT).getOrDefault(XdsType.CDS, List.of()).stream()
                .map(EncodedResource::name)
                .filter(name -> name.startsWith("outbound|"))
                .map(name -> name.substring(name.lastIndexOf('|') + 1).replace(".svc.cluster.local", ""))
                .toList();
    }

    @Test
    void onlyWhatItsHostsNameIsSeen() {
        assertThat(clusters(WORLD)).containsExactlyInAnyOrder("a.shop", "b.shop", "c.other");
        assertThat(clusters(WORLD + sidecar("shop", "default", "{egress: [{hosts: [./*]}]}")))
                .containsExactlyInAnyOrder("a.shop", "b.shop");
        assertThat(clusters(WORLD
                        + sidecar("shop", "default", "{egress: [{hosts: [other/*, '*/a.shop.svc.cluster.local']}]}")))
                .containsExactlyInAnyOrder("a.shop", "c.other");
        assertThat(clusters(WORLD + sidecar("shop", "default", "{egress: [{hosts: ['~/*']}]}")))
                .isEmpty();
    }

    @Test
    void theNarrowestSidecarCounts() {
        String root = sidecar("istio-system", "default", "{egress: [{hosts: [other/*]}]}");
        String namespace = sidecar("shop", "default", "{egress: [{hosts: [./a.shop.svc.cluster.local]}]}");
        String workload = sidecar(
                "shop",
                "own",
                "{workloadSelector: {labels: {app: client}}, egress: [{hosts: [./b.shop.svc.cluster.local]}]}");
        String another = sidecar("shop", "b", "{workloadSelector: {labels: {app: b}}, egress: [{hosts: [other/*]}]}");
        assertThat(clusters(WORLD + root)).containsExactly("c.other");
        assertThat(clusters(WORLD + root + namespace + another)).containsExactly("a.shop");
        assertThat(clusters(WORLD + root + namespace + workload)).containsExactly("b.shop");
    }

    @Test
    void whatAVisibleVirtualServiceLeadsToIsSeen() {
        String route = """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: a, namespace: shop}
                spec: {hosts: [a], http: [{route: [{destination: {host: c.other.svc.cluster.local}}]}]}
                """;
        assertThat(clusters(WORLD
                        + route
                        + sidecar("shop", "default", "{egress: [{hosts: [./a.shop.svc.cluster.local]}]}")))
                .containsExactlyInAnyOrder("a.shop", "c.other");
    }

    @Test
    void anUnseenHostIsAnUnknownOne() {
        String narrow = sidecar(
                "shop",
                "default",
                "{outboundTrafficPolicy: {mode: REGISTRY_ONLY}, egress: [{hosts: [./a.shop.svc.cluster.local]}]}");
        Simulation simulation = Simulation.of(Yaml.of(WORLD + narrow), CLIENT);
        assertThat(simulation.clusters("a", "/")).hasSize(1);
        Explanation unseen = simulation.get("b", "/");
        assertThat(unseen.clusters()).isEmpty();
        assertThat(unseen.toString()).contains("block_all");
    }
}
