package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.xds.state.XdsResources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointHealthTest {

    private static final String SLICE = """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: a-1, namespace: shop, labels: {kubernetes.io/service-name: a}}
            addressType: IPv4
            ports: [{name: http, port: 8080}]
            endpoints:
            - {addresses: [10.0.0.1], conditions: {ready: true}}
            - {addresses: [10.0.0.2], conditions: {ready: false}}
            - {addresses: [10.0.0.3], conditions: {ready: false, serving: true, terminating: true}}
            - {addresses: [10.0.0.4], conditions: {ready: false, serving: false, terminating: true}}
            - {addresses: [10.0.0.5], conditions: {ready: true}, targetRef: {kind: Pod, name: leaving}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: leaving, namespace: shop, labels: {istio.io/draining: "yes"}}
            spec: {serviceAccountName: a, containers: [{name: a}]}
            status: {podIP: 10.0.0.5}
            ---
            """;

    @Test
    void whatIsNotReadyIsToldAsUnhealthyAndWhatGoesIsNot() {
        assertThat(health("{}", "")).containsExactly("10.0.0.1 HEALTHY", "10.0.0.2 UNHEALTHY");
    }

    @Test
    void sessionsThatPersistAreDrained() {
        assertThat(health("{istio.io/persistent-session: cookie}", ""))
                .containsExactly("10.0.0.1 HEALTHY", "10.0.0.2 UNHEALTHY", "10.0.0.3 DRAINING", "10.0.0.5 DRAINING");
    }

    @Test
    void whereAPanicCallsEverybodyOnlyTheHealthyAreTold() {
        assertThat(health("{}", "outlierDetection: {minHealthPercent: 30}")).containsExactly("10.0.0.1 HEALTHY");
        assertThat(health("{}", "outlierDetection: {interval: 1s}"))
                .containsExactly("10.0.0.1 HEALTHY", "10.0.0.2 UNHEALTHY");
    }

    private static List<String> health(String labels, String policy) {
        String service = """
                apiVersion: v1
                kind: Service
                metadata: {name: a, namespace: shop, labels: %s}
                spec: {clusterIP: 10.9.0.1, selector: {app: a}, ports: [{name: http, port: 80}]}
                ---
                """.formatted(labels);
        String rule = """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: a, namespace: shop}
                spec: {host: a, trafficPolicy: {%s}}
                """.formatted(policy);
        XdsResources resources = Simulation.resources(
                Yaml.of(service + SLICE + rule), MeshSettings.DEFAULT, Simulation.proxy("shop", "client", Map.of()));
        return resources.loadAssignments().byName().get("outbound|80||a.shop.svc.cluster.local").endpoints().stream()
                .flatMap(group -> group.endpoints().stream())
                .map(endpoint -> endpoint.address().host() + " " + endpoint.health())
                .sorted()
                .toList();
    }
}
