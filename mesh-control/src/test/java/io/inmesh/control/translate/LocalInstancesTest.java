package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.Yaml;
import io.inmesh.control.push.EncodedResource;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.decode.Decoded;
import io.inmesh.xds.decode.ResourceDecoder;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.wire.Any;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalInstancesTest {

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: shop}
            spec: {selector: {app: a}, ports: [{name: http, port: 80, targetPort: 8080}]}
            ---
            """;
    private static final String WORLD = SERVICE
            + node("n1", "r1", "z1")
            + node("n2", "r1", "z2")
            + node("n3", "r2", "z1")
            + pod("a-77-1", "77", "10.0.0.1", "n1")
            + pod("a-77-2", "77", "10.0.0.2", "n2")
            + pod("a-77-3", "77", "10.0.0.3", "n3")
            + pod("a-88-4", "88", "10.0.0.4", "n1")
            + pod("b-77-5", "77", "10.0.0.5", "n1");

    @Test
    void instancesOfTheSameWorkloadVersionAndRegionAreTold() {
        assertThat(instances(WORLD, true)).hasValueSatisfying(assignment -> assertThat(assignment.endpoints())
                .extracting(group ->
                        group.locality().zone() + " " + group.endpoints().get(0).address())
                .containsExactly("z1 10.0.0.1:8080", "z2 10.0.0.2:8080"));
    }

    @Test
    void whoDoesNotAskIsNotTold() {
        assertThat(instances(WORLD, false)).isEmpty();
    }

    @Test
    void withoutAServiceNobodyKnows() {
        assertThat(instances(WORLD.substring(SERVICE.length()), true)).isEmpty();
    }

    private static Optional<ClusterLoadAssignment> instances(String yaml, boolean asks) {
        Hub hub = new Hub(MeshSettings.DEFAULT, new FakeClock(), Runnable::run);
        hub.push(context -> context.replace(Yaml.of(yaml).resources()));
        Proxy plain = Simulation.proxy("shop", "a-77-1", Map.of());
        Proxy asking = new Proxy(
                plain.id(),
                plain.name(),
                plain.namespace(),
                plain.serviceAccount(),
                plain.labels(),
                plain.addresses(),
                plain.dnsDomain(),
                plain.istioFilters(),
                Optional.empty(),
                "",
                asks);
        List<EncodedResource> assignments = List.copyOf(hub.resourcesFor(asking).get(XdsType.EDS));
        return assignments.stream()
                .map(resource -> ResourceDecoder.LOAD_ASSIGNMENTS.decode(
                        resource.toMessage().get(Any.VALUE)))
                .map(decoded -> ((Decoded.Usable<ClusterLoadAssignment>) decoded).resource())
                .filter(assignment -> assignment.clusterName().equals(ResourceCache.LOCAL_CLUSTER))
                .findFirst();
    }

    private static String node(String name, String region, String zone) {
        return """
                apiVersion: v1
                kind: Node
                metadata:
                  name: %s
                  labels: {topology.kubernetes.io/region: %s, topology.kubernetes.io/zone: %s}
                ---
                """.formatted(name, region, zone);
    }

    private static String pod(String name, String hash, String address, String node) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: shop, labels: {app: a, pod-template-hash: "%s"}}
                spec: {serviceAccountName: a, nodeName: %s, containers: [{name: a}]}
                status: {podIP: %s}
                ---
                """.formatted(name, hash, node, address);
    }
}
