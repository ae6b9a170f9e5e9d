package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.Yaml;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.tls.TransportSocket;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadlessTest {

    private static final String CLUSTER = "outbound|80||web.shop.svc.cluster.local";

    private static final String WEB = """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 80}]}
            ---
            """;

    @Test
    void aHeadlessServiceIsCalledAtTheAddressThatTheCallerWanted() {
        Cluster cluster = cluster(WEB + pod("web-0", true));

        assertThat(cluster.discovery()).isInstanceOf(Discovery.OriginalDst.class);
        assertThat(cluster.lbPolicy()).isInstanceOf(LbPolicy.ClusterProvided.class);
    }

    @Test
    void aPodsNameLeadsToItsServicesRoutes() {
        Simulation simulation = simulation(WEB + pod("web-0", true));

        for (String name : List.of("web", "web-0.web", "web-0.web.shop", "web-0.web.shop.svc.cluster.local")) {
            assertThat(simulation.clusters(name, "/")).as(name).containsExactly(CLUSTER + " 1");
        }
        assertThat(simulation.clusters("web-0.other.shop", "/")).containsExactly("PassthroughCluster 1");
    }

    @Test
    void itIsCalledWithMutualTlsIfAllPodsTakeIt() {
        assertThat(socket(WEB + pod("web-0", true) + pod("web-1", true)))
                .isInstanceOfSatisfying(UpstreamTls.class, tls -> {
                    assertThat(tls.sni()).isEqualTo("outbound_.80_._.web.shop.svc.cluster.local");
                    assertThat(tls.common().validation()).isNotNull();
                });
        assertThat(socket(WEB + pod("web-0", true) + pod("web-1", false))).isInstanceOf(TransportSocket.Raw.class);
        assertThat(socket(WEB)).isInstanceOf(TransportSocket.Raw.class);
    }

    @Test
    void passthroughIsTheSameForAServiceWithAnAddress() {
        String rule = """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: web, namespace: shop}
                spec: {host: web, trafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}}
                ---
                """;
        String web = WEB.replace("None", "10.9.0.1") + pod("web-0", true);

        assertThat(cluster(web).discovery()).isInstanceOf(Discovery.Eds.class);
        assertThat(cluster(web + rule).discovery()).isInstanceOf(Discovery.OriginalDst.class);
        assertThat(socket(web + rule)).isInstanceOf(UpstreamTls.class);
    }

    @Test
    void aGatewayWhichWantsNoAddressGetsTheEndpoints() {
        Hub hub = new Hub(MeshSettings.DEFAULT, new FakeClock(), Runnable::run);
        hub.push(context -> context.replace(Yaml.of(WEB + pod("web-0", true)).resources()));
        Proxy gateway = new Proxy(
                "router~10.0.0.9~gate.shop~shop.svc.cluster.local",
                "gate",
                "shop",
                "default",
                Map.of(),
                List.of("10.0.0.9"),
                "shop.svc.cluster.local",
                false,
                Optional.empty());

        assertThat(hub.resourcesFor(gateway).get(XdsType.EDS))
                .anySatisfy(assignment -> assertThat(assignment.name()).isEqualTo(CLUSTER));
    }

    private static TransportSocket socket(String yaml) {
        return cluster(yaml).transport().defaultSocket();
    }

    private static Cluster cluster(String yaml) {
        return Simulation.resources(Yaml.of(yaml), MeshSettings.DEFAULT, Simulation.proxy("shop", "client", Map.of()))
                .clusters()
                .byName()
                .get(CLUSTER);
    }

    private static Simulation simulation(String yaml) {
        return Simulation.of(Yaml.of(yaml), Simulation.proxy("shop", "client", Map.of()));
    }

    private static String pod(String name, boolean mtls) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: shop, labels: {app: web%s}}
                spec: {serviceAccountName: web, containers: [{name: web}]}
                status: {podIP: 10.0.0.%s}
                ---
                """.formatted(name, mtls ? ", security.istio.io/tlsMode: istio" : "", name.substring(4) + "1");
    }
}
