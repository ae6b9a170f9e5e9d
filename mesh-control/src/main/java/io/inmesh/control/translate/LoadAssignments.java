package io.inmesh.control.translate;

import io.inmesh.control.state.MeshEndpoint;
import io.inmesh.control.state.MeshEndpoint.Health;
import io.inmesh.control.state.Workload;
import io.inmesh.xds.envoy.CoreBase.Locality;
import io.inmesh.xds.envoy.CoreBase.Metadata;
import io.inmesh.xds.envoy.Endpoints.ClusterLoadAssignment;
import io.inmesh.xds.envoy.Endpoints.Endpoint;
import io.inmesh.xds.envoy.Endpoints.HealthStatus;
import io.inmesh.xds.envoy.Endpoints.LbEndpoint;
import io.inmesh.xds.envoy.Endpoints.LocalityLbEndpoints;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The endpoints of one cluster by locality; each says whether it takes mutual TLS. */
final class LoadAssignments {

    private LoadAssignments() {}

    /** What is not ready is told as such, if it is shown at all. */
    static Message of(String cluster, List<MeshEndpoint> endpoints, Localities localities, boolean showsUnhealthy) {
        Map<String, List<MeshEndpoint>> byLocality = new TreeMap<>();
        for (MeshEndpoint endpoint : endpoints) {
            if (showsUnhealthy || endpoint.health() != Health.UNHEALTHY) {
                byLocality
                        .computeIfAbsent(endpoint.workload().locality(), unknown -> new ArrayList<>())
                        .add(endpoint);
            }
        }
        List<Localities.Group> groups = new ArrayList<>();
        byLocality.forEach((locality, some) -> groups.add(Localities.Group.of(locality, some)));
        return Message.of(ClusterLoadAssignment.TYPE)
                .with(ClusterLoadAssignment.CLUSTER_NAME, cluster)
                .with(
                        ClusterLoadAssignment.ENDPOINTS,
                        localities.arranged(groups).stream()
                                .map(LoadAssignments::locality)
                                .toList());
    }

    private static Message locality(Localities.Group group) {
        String[] parts = (group.locality() + "//").split("/", -1);
        Message locality = Message.of(Locality.TYPE)
                .with(Locality.REGION, parts[0])
                .with(Locality.ZONE, parts[1])
                .with(Locality.SUB_ZONE, parts[2]);
        return Message.of(LocalityLbEndpoints.TYPE)
                .with(LocalityLbEndpoints.LOCALITY, locality)
                .with(
                        LocalityLbEndpoints.LB_ENDPOINTS,
                        group.endpoints().stream()
                                .map(LoadAssignments::endpoint)
                                .toList())
                .with(LocalityLbEndpoints.PRIORITY, (long) group.priority())
                .with(LocalityLbEndpoints.LOAD_BALANCING_WEIGHT, Math.min(group.weight(), 0xFFFF_FFFFL));
    }

    private static Message endpoint(MeshEndpoint endpoint) {
        return Message.of(LbEndpoint.TYPE)
                .with(
                        LbEndpoint.ENDPOINT,
                        Message.of(Endpoint.TYPE)
                                .with(Endpoint.ADDRESS, Messages.address(endpoint.address(), endpoint.port())))
                .with(LbEndpoint.HEALTH_STATUS, status(endpoint.health()))
                .with(LbEndpoint.METADATA, metadata(endpoint))
                .with(LbEndpoint.LOAD_BALANCING_WEIGHT, (long)
                        endpoint.workload().weight());
    }

    private static HealthStatus status(Health health) {
        return switch (health) {
            case HEALTHY -> HealthStatus.HEALTHY;
            case UNHEALTHY -> HealthStatus.UNHEALTHY;
            case DRAINING -> HealthStatus.DRAINING;
        };
    }

    private static Message metadata(MeshEndpoint endpoint) {
        Map<String, Message> filters = new LinkedHashMap<>();
        if (endpoint.mtls()) {
            filters.put("envoy.transport_socket_match", Struct.of(Map.of("tlsMode", "istio")));
        }
        if (!endpoint.workload().name().isEmpty()) {
            filters.put("istio", Struct.of(Map.of("workload", description(endpoint.workload()))));
        }
        return Message.of(Metadata.TYPE).with(Metadata.FILTER_METADATA, filters);
    }

    /** Istio's telemetry reads it: workload, namespace, canonical service and revision, cluster. */
    private static String description(Workload workload) {
        Map<String, String> labels = workload.labels();
        String service = labels.getOrDefault(
                "service.istio.io/canonical-name",
                labels.getOrDefault("app.kubernetes.io/name", labels.getOrDefault("app", workload.owner())));
        String revision = labels.getOrDefault(
                "service.istio.io/canonical-revision",
                labels.getOrDefault("app.kubernetes.io/version", labels.getOrDefault("version", "latest")));
        return String.join(";", workload.owner(), workload.namespace(), service, revision, "Kubernetes");
    }
}
