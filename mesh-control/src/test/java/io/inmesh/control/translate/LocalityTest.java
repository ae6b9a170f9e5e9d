package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import io.inmesh.xds.state.XdsResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalityTest {

    private static final String CLUSTER = "outbound|80||a.example.com";

    private static final String ENDPOINTS = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: a, namespace: shop}
            spec:
              hosts: [a.example.com]
              location: MESH_INTERNAL
              resolution: STATIC
              ports: [{number: 80, name: http, protocol: HTTP}]
              endpoints:
              - {address: 10.0.0.1, locality: r1/z1/s1, labels: {version: v1}}
              - {address: 10.0.0.2, locality: r1/z1/s2, labels: {version: v2}}
              - {address: 10.0.0.3, locality: r1/z2, labels: {version: v1}}
              - {address: 10.0.0.4, locality: r2/z1, labels: {version: v2}, weight: 3}
              - {address: 10.0.0.5, locality: r3/z1, labels: {version: v1}}
            ---
            """;

    @Test
    void withoutEjectionNothingFailsOver() {
        assertThat(groups("", "r1/z1/s1", Map.of()))
                .containsExactly("r1/z1/s1 0 1", "r1/z1/s2 0 1", "r1/z2/ 0 1", "r2/z1/ 0 3", "r3/z1/ 0 1");
    }

    @Test
    void whereHostsAreEjectedTheNearestComeFirst() {
        assertThat(groups("outlierDetection: {interval: 1s}", "r1/z1/s1", Map.of()))
                .containsExactly("r1/z1/s1 0 1", "r1/z1/s2 1 1", "r1/z2/ 2 1", "r2/z1/ 3 3", "r3/z1/ 3 1");
    }

    @Test
    void aCallerOfAPlaceThatNobodyServesFromHasNoGapsInItsPriorities() {
        assertThat(groups("outlierDetection: {interval: 1s}", "r2/z9", Map.of()))
                .containsExactly("r1/z1/s1 1 1", "r1/z1/s2 1 1", "r1/z2/ 1 1", "r2/z1/ 0 3", "r3/z1/ 1 1");
    }

    @Test
    void aRegionsFailoverIsNearerThanTheOthers() {
        String policy = """
                outlierDetection: {interval: 1s}
                loadBalancer: {localityLbSetting: {failover: [{from: r1, to: r3}]}}
                """;
        assertThat(groups(policy, "r1/z1/s1", Map.of()))
                .containsExactly("r1/z1/s1 0 1", "r1/z1/s2 1 1", "r1/z2/ 2 1", "r2/z1/ 4 3", "r3/z1/ 3 1");
    }

    @Test
    void failoverPriorityCountsLabelsFromTheFirst() {
        String policy = """
                outlierDetection: {interval: 1s}
                loadBalancer: {localityLbSetting: {failoverPriority: [version, topology.kubernetes.io/region]}}
                """;
        assertThat(groups(policy, "r1/z1/s1", Map.of("version", "v1")))
                .containsExactly("r1/z1/s1 0 1", "r1/z1/s2 2 1", "r1/z2/ 0 1", "r2/z1/ 2 3", "r3/z1/ 1 1");
        String overridden = policy.replace("[version", "[version=v2");
        assertThat(groups(overridden, "r1/z1/s1", Map.of("version", "v1")))
                .containsExactly("r1/z1/s1 2 1", "r1/z1/s2 0 1", "r1/z2/ 2 1", "r2/z1/ 1 3", "r3/z1/ 2 1");
    }

    @Test
    void distributeGivesPlacesTheirShareAndLeavesTheOthersOut() {
        String policy = """
                loadBalancer:
                  localityLbSetting:
                    distribute:
                    - {from: r9/*, to: {"*": 100}}
                    - {from: r1/z1/*, to: {r1/z1/*: 70, r1/*: 10, r2/z1: 20}}
                """;
        assertThat(groups(policy, "r1/z1/s1", Map.of()))
                .containsExactly("r1/z1/s1 0 35", "r1/z1/s2 0 35", "r1/z2/ 0 10", "r2/z1/ 0 20");
        assertThat(groups(policy, "r7", Map.of())).hasSize(5);
    }

    @Test
    void aDisabledSettingIsNone() {
        String policy = """
                outlierDetection: {interval: 1s}
                loadBalancer: {localityLbSetting: {enabled: false, failover: [{from: r1, to: r3}]}}
                """;
        assertThat(groups(policy, "r1/z1/s1", Map.of())).allMatch(group -> group.contains(" 0 "));
        assertThat(cluster(policy).commonLb().localityMode()).isInstanceOf(CommonLb.LocalityMode.None.class);
    }

    @Test
    void aSettingWeighsLocalitiesAndItsAbsenceDoesNot() {
        String failover = "loadBalancer: {localityLbSetting: {failover: [{from: r1, to: r2}]}}";
        assertThat(mode("loadBalancer: {localityLbSetting: {distribute: [{from: r1, to: {r1: 100}}]}}"))
                .isInstanceOf(CommonLb.LocalityMode.Weighted.class);
        assertThat(mode("outlierDetection: {interval: 1s}\n" + failover))
                .isInstanceOf(CommonLb.LocalityMode.Weighted.class);
        assertThat(mode(failover)).isInstanceOf(CommonLb.LocalityMode.None.class);
        assertThat(mode("loadBalancer: {localityLbSetting: {enabled: true}}"))
                .isInstanceOf(CommonLb.LocalityMode.None.class);
        assertThat(mode("loadBalancer: {simple: RANDOM}")).isInstanceOf(CommonLb.LocalityMode.None.class);
    }

    @Test
    void zoneAwareCallersHaveTheirRegionFirstWithoutEjection() {
        String zones = "loadBalancer: {zoneAwareLbSetting: {minClusterSize: 2, failover: [{from: r1, to: r3}]}}";

        assertThat(mode(zones)).isEqualTo(new CommonLb.LocalityMode.ZoneAware(100, 2, false));
        assertThat(groups(zones, "r1/z1/s1", Map.of()))
                .containsExactly("r1/z1/s1 0 1", "r1/z1/s2 0 1", "r1/z2/ 0 1", "r2/z1/ 2 3", "r3/z1/ 1 1");
        assertThat(groups(zones.replace(", failover: [{from: r1, to: r3}]", ""), "r2/z9", Map.of()))
                .containsExactly("r1/z1/s1 1 1", "r1/z1/s2 1 1", "r1/z2/ 1 1", "r2/z1/ 0 3", "r3/z1/ 1 1");
    }

    @Test
    void zoneAwareLabelsComeBeforeRegions() {
        String zones = "loadBalancer: {zoneAwareLbSetting: {failoverPriority: [version]}}";

        assertThat(groups(zones, "r1/z1/s1", Map.of("version", "v1")))
                .containsExactly("r1/z1/s1 0 1", "r1/z1/s2 2 1", "r1/z2/ 0 1", "r2/z1/ 3 3", "r3/z1/ 1 1");
    }

    @Test
    void zoneAwarenessThatIsOffIsSaidAndComesBeforeTheOtherSetting() {
        String zones = "loadBalancer: {zoneAwareLbSetting: {enabled: false}, "
                + "localityLbSetting: {distribute: [{from: r1, to: {r1: 100}}]}}";

        assertThat(mode(zones)).isEqualTo(new CommonLb.LocalityMode.ZoneAware(0, 6, false));
        assertThat(groups(zones, "r1/z1/s1", Map.of())).hasSize(5).allMatch(group -> group.contains(" 0 "));
    }

    private static CommonLb.LocalityMode mode(String policy) {
        return cluster(policy).commonLb().localityMode();
    }

    @Test
    void anAnnotationChoosesPeakEwmaUnlessSomethingIsHashed() {
        assertThat(cluster("loadBalancer: {simple: ROUND_ROBIN}", "PEAK_EWMA")
                        .metadata()
                        .text("inmesh", "loadBalancer"))
                .hasValue("PEAK_EWMA");
        assertThat(cluster("loadBalancer: {consistentHash: {httpHeaderName: x}}", "PEAK_EWMA")
                        .metadata()
                        .text("inmesh", "loadBalancer"))
                .isEmpty();
        assertThat(Yaml.of(ENDPOINTS + rule("{}", "FASTEST")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).contains("inmesh.io/load-balancer"));
    }

    private static List<String> groups(String policy, String locality, Map<String, String> labels) {
        XdsResources resources = resources(policy, "", locality, labels);
        return resources.loadAssignments().byName().get(CLUSTER).endpoints().stream()
                .map(LocalityTest::text)
                .sorted()
                .toList();
    }

    private static String text(LocalityLbEndpoints group) {
        return group.locality().region() + "/" + group.locality().zone() + "/"
                + group.locality().subZone() + " " + group.priority() + " " + group.weight();
    }

    private static Cluster cluster(String policy) {
        return cluster(policy, "");
    }

    private static Cluster cluster(String policy, String balancer) {
        return resources(policy, balancer, "r1/z1", Map.of())
                .clusters()
                .byName()
                .get(CLUSTER);
    }

    private static XdsResources resources(String policy, String balancer, String locality, Map<String, String> labels) {
        Proxy plain = Simulation.proxy("shop", "client", labels);
        Proxy placed = new Proxy(
                plain.id(),
                plain.name(),
                plain.namespace(),
                plain.serviceAccount(),
                plain.labels(),
                plain.addresses(),
                plain.dnsDomain(),
                plain.istioFilters(),
                Optional.empty(),
                locality);
        String yaml = policy.isEmpty() ? ENDPOINTS : ENDPOINTS + rule(policy, balancer);
        return Simulation.resources(Yaml.of(yaml), MeshSettings.DEFAULT, placed);
    }

    private static String rule(String policy, String balancer) {
        String annotations = balancer.isEmpty() ? "{}" : "{inmesh.io/load-balancer: " + balancer + "}";
        return """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: a, namespace: shop, annotations: %s}
                spec:
                  host: a.example.com
                  trafficPolicy:
                """.formatted(annotations) + policy.indent(4);
    }
}
