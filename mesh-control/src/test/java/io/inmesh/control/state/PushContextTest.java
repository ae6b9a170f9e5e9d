package io.inmesh.control.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.config.PeerAuthentication.Mode;
import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshEndpoint.Health;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushContextTest {

    private static PushContext of(String yaml) {
        return PushContext.of(Yaml.of(yaml), List.of(), MeshSettings.DEFAULT);
    }

    private static String rule(String namespace, String name, String host) {
        return """
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: %s, namespace: %s}
                spec: {host: "%s"}
                """.formatted(name, namespace, host);
    }

    private static final String SERVICE = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: server}
            spec: {selector: {app: a}, ports: [{name: http, port: 80, targetPort: web}]}
            """;

    private static String destinationRuleFor(String yaml, String clientNamespace) {
        PushContext context = of(SERVICE + yaml);
        MeshService service = context.service("a.server.svc.cluster.local").orElseThrow();
        return context.destinationRule(clientNamespace, service)
                .map(DestinationRule::meta)
                .map(meta -> meta.namespace() + "/" + meta.name())
                .orElse("none");
    }

    @Test
    void destinationRulesAreLookedUpInClientThenServiceThenRootNamespace() {
        String host = "a.server.svc.cluster.local";
        String root = rule("istio-system", "root", "*.local");
        String server = rule("server", "server", "a");
        String client = rule("client", "client", host);

        assertThat(destinationRuleFor(root + server + client, "client")).isEqualTo("client/client");
        assertThat(destinationRuleFor(root + server + client, "other")).isEqualTo("server/server");
        assertThat(destinationRuleFor(root, "other")).isEqualTo("istio-system/root");
        assertThat(destinationRuleFor(client, "other")).isEqualTo("none");
    }

    @Test
    void theMostSpecificHostWinsWithinANamespace() {
        assertThat(destinationRuleFor(
                        rule("server", "a-wide", "*.local") + rule("server", "b-near", "*.server.svc.cluster.local"),
                        "x"))
                .isEqualTo("server/b-near");
        assertThat(destinationRuleFor(rule("server", "a-wide", "*.local") + rule("server", "z-exact", "a"), "x"))
                .isEqualTo("server/z-exact");
    }

    private static String peer(String namespace, String name, String created, String spec) {
        return """
                ---
                apiVersion: security.istio.io/v1
                kind: PeerAuthentication
                metadata: {name: %s, namespace: %s, creationTimestamp: "%s"}
                spec: %s
                """.formatted(name, namespace, created, spec);
    }

    @Test
    void theNarrowestPeerAuthenticationWinsAndUnsetInherits() {
        PeerAuthentications peers = of(peer("istio-system", "default", "2020-01-01T00:00:00Z", "{mtls: {mode: STRICT}}")
                        + peer("open", "default", "2020-01-01T00:00:00Z", "{mtls: {mode: DISABLE}}")
                        + peer("unset", "default", "2020-01-01T00:00:00Z", "{mtls: {mode: UNSET}}")
                        + peer(
                                "open",
                                "app",
                                "2020-01-01T00:00:00Z",
                                "{selector: {matchLabels: {app: a}}, portLevelMtls: {8080: {mode: PERMISSIVE}}}"))
                .peerAuthentications();

        assertThat(peers.mode("any", Map.of())).isEqualTo(Mode.STRICT);
        assertThat(peers.mode("unset", Map.of())).isEqualTo(Mode.STRICT);
        assertThat(peers.mode("open", Map.of())).isEqualTo(Mode.DISABLE);
        assertThat(peers.mode("open", Map.of("app", "a"), 8080)).isEqualTo(Mode.PERMISSIVE);
        assertThat(peers.mode("open", Map.of("app", "a"), 8081)).isEqualTo(Mode.DISABLE);
    }

    @Test
    void ofSeveralPeerAuthenticationsOfOneScopeTheOldestWins() {
        PeerAuthentications peers = of(peer("n", "a", "2022-01-01T00:00:00Z", "{mtls: {mode: DISABLE}}")
                        + peer("n", "b", "2021-01-01T00:00:00Z", "{mtls: {mode: STRICT}}"))
                .peerAuthentications();
        assertThat(peers.mode("n", Map.of())).isEqualTo(Mode.STRICT);
    }

    @Test
    void withoutAnyPeerAuthenticationBothAreAccepted() {
        assertThat(of("{}").peerAuthentications().mode("n", Map.of())).isEqualTo(Mode.PERMISSIVE);
    }

    private static final String POD = """
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a-1, namespace: server, labels: {app: a, security.istio.io/tlsMode: istio}}
            spec: {serviceAccountName: robot, containers: [{name: c, ports: [{name: web, containerPort: 8080}]}]}
            status: {podIP: 10.0.0.1}
            """;

    @Test
    void podsBehindAServiceAreItsEndpoints() {
        PushContext context = of(SERVICE + POD);

        MeshEndpoint endpoint =
                context.endpoints("a.server.svc.cluster.local", 80).get(0);
        assertThat(endpoint.address()).isEqualTo("10.0.0.1");
        assertThat(endpoint.port()).isEqualTo(8080);
        assertThat(endpoint.mtls()).isTrue();
        assertThat(context.subjectAltNames(
                        context.service("a.server.svc.cluster.local").orElseThrow()))
                .containsExactly("spiffe://cluster.local/ns/server/sa/robot");
        assertThat(context.inboundOf(context.workloads().get(0)))
                .extracting(PushContext.Inbound::port)
                .containsExactly(8080);
    }

    @Test
    void aWorkloadThatForbidsMutualTlsIsNotCalledWithIt() {
        PushContext context =
                of(SERVICE + POD + peer("server", "default", "2020-01-01T00:00:00Z", "{mtls: {mode: DISABLE}}"));
        assertThat(context.endpoints("a.server.svc.cluster.local", 80).get(0).mtls())
                .isFalse();
    }

    @Test
    void endpointSlicesTakeThePlaceOfSelectedPods() {
        PushContext context = of(SERVICE + POD + """
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: a-x, namespace: server, labels: {kubernetes.io/service-name: a}}
                addressType: IPv4
                endpoints:
                - {addresses: [10.0.0.1], conditions: {ready: true}, targetRef: {kind: Pod, name: a-1}}
                - {addresses: [10.0.0.9], conditions: {ready: false}}
                ports: [{name: http, port: 8080}]
                """);
        assertThat(context.endpoints("a.server.svc.cluster.local", 80))
                .extracting(MeshEndpoint::address, MeshEndpoint::health, MeshEndpoint::mtls)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("10.0.0.1", Health.HEALTHY, true),
                        org.assertj.core.groups.Tuple.tuple("10.0.0.9", Health.UNHEALTHY, false));
    }

    @Test
    void workloadEntriesOnOneAddressAreToldApartByTheirPorts() {
        String entry = """
                ---
                apiVersion: networking.istio.io/v1
                kind: WorkloadEntry
                metadata: {name: a-%1$s, namespace: server}
                spec: {address: 127.0.0.1, ports: {http: %2$s}, labels: {app: a, version: v%1$s}, serviceAccount: robot}
                """;
        PushContext context = of(SERVICE + entry.formatted(1, 9001) + entry.formatted(2, 9002));
        assertThat(context.endpoints("a.server.svc.cluster.local", 80))
                .extracting(MeshEndpoint::port)
                .containsExactly(9001, 9002);
    }

    @Test
    void exportToHidesAServiceFromOtherNamespaces() {
        PushContext context = of("""
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: x, namespace: server}
                spec: {hosts: [x.example.com], exportTo: ["."], resolution: DNS, ports: [{number: 80, name: http}]}
                """);
        assertThat(context.servicesVisibleFrom("server")).hasSize(1);
        assertThat(context.servicesVisibleFrom("client")).isEmpty();
    }
}
