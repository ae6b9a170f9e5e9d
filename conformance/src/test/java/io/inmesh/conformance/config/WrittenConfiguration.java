package io.inmesh.conformance.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration that a row file writes itself, in Envoy's YAML, with what every sidecar of Istio has in common filled in. */
public final class WrittenConfiguration {

    private static final String TYPE = "type.googleapis.com/envoy.extensions.filters.";
    private static final Map<String, Object> ADS = Map.of("ads", Map.of(), "resourceApiVersion", "V3");

    private WrittenConfiguration() {}

    /**
     * The four kinds of resources for one outbound port.
     *
     * @param port the listener's
     * @param routes a RouteConfiguration; its name is the port
     * @param clusters Clusters; EDS, a second to connect and Istio's panic threshold of 0 unless they say otherwise
     * @param endpoints per cluster its addresses ({@code ip:port}), or a ClusterLoadAssignment
     */
    public static Configuration of(
            int port, Map<String, Object> routes, List<Map<String, Object>> clusters, Map<String, Object> endpoints) {
        Map<ResourceKind, List<Map<String, Object>>> resources = new EnumMap<>(ResourceKind.class);
        Map<String, Object> named =
                new LinkedHashMap<>(Map.of("name", String.valueOf(port), "validate_clusters", false));
        named.putAll(routes);
        add(resources, ResourceKind.ROUTES, named);
        clusters.forEach(cluster -> add(resources, ResourceKind.CLUSTER, withDefaults(cluster)));
        endpoints.forEach((cluster, value) -> add(resources, ResourceKind.ENDPOINTS, assignment(cluster, value)));
        add(resources, ResourceKind.LISTENER, listener(port));
        return new Configuration(resources);
    }

    private static void add(
            Map<ResourceKind, List<Map<String, Object>>> resources, ResourceKind kind, Map<String, Object> resource) {
        resources.computeIfAbsent(kind, absent -> new ArrayList<>()).add(Protos.normalized(kind, resource));
    }

    private static Map<String, Object> withDefaults(Map<String, Object> cluster) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", "EDS");
        if (!cluster.containsKey("type")) {
            all.put("eds_cluster_config", Map.of("eds_config", ADS));
        }
        all.put("connect_timeout", "1s");
        all.put("common_lb_config", Map.of("healthy_panic_threshold", Map.of()));
        all.putAll(cluster);
        return all;
    }

    private static Map<String, Object> assignment(String cluster, Object value) {
        if (value instanceof Map<?, ?>) {
            Map<String, Object> assignment = new LinkedHashMap<>(Tree.asObject(value));
            assignment.put("cluster_name", cluster);
            return assignment;
        }
        List<Object> endpoints = new ArrayList<>();
        for (Object address : (List<?>) value) {
            String[] parts = address.toString().split(":", 2);
            endpoints.add(Map.of(
                    "endpoint",
                    Map.of(
                            "address",
                            Map.of(
                                    "socket_address",
                                    Map.of("address", parts[0], "port_value", Integer.parseInt(parts[1]))))));
        }
        return Map.of("cluster_name", cluster, "endpoints", List.of(Map.of("lb_endpoints", endpoints)));
    }

    private static Map<String, Object> listener(int port) {
        Map<String, Object> hcm = new LinkedHashMap<>();
        hcm.put("@type", TYPE + "network.http_connection_manager.v3.HttpConnectionManager");
        hcm.put("stat_prefix", "outbound_0.0.0.0_" + port);
        hcm.put("rds", Map.of("route_config_name", String.valueOf(port), "config_source", ADS));
        hcm.put(
                "http_filters",
                List.of(filter("fault", "HTTPFault"), filter("cors", "Cors"), filter("router", "Router")));
        hcm.put("use_remote_address", false);
        hcm.put("normalize_path", true);
        hcm.put("stream_idle_timeout", "0s");
        return Map.of(
                "name",
                "0.0.0.0_" + port,
                "address",
                Map.of("socket_address", Map.of("address", "0.0.0.0", "port_value", port)),
                "bind_to_port",
                false,
                "traffic_direction",
                "OUTBOUND",
                "filter_chains",
                List.of(Map.of(
                        "filters",
                        List.of(Map.of(
                                "name", "envoy.filters.network.http_connection_manager", "typed_config", hcm)))));
    }

    private static Map<String, Object> filter(String name, String type) {
        return Map.of(
                "name",
                "envoy.filters.http." + name,
                "typed_config",
                Map.of("@type", TYPE + "http." + name + ".v3." + type));
    }
}
