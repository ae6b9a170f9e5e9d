package io.inmesh.conformance.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The bootstrap of an Envoy that reads {@link DiscoveryFiles}. It differs from what our side reads in four points only: resources
 * come from files instead of ADS, the listener binds loopback and takes every connection, it writes an access log, and workers hear
 * of ejections at once (else Envoy gathers changes of health for a second before they do).
 */
public final class EnvoyBootstrap {

    private static final String FILE_LOG = "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog";

    private EnvoyBootstrap() {}

    /**
     * Writes the files that Envoy reads, one for each resource that it watches, and returns the bootstrap.
     *
     * @param folder for those files
     * @param accessLog where each request leaves one JSON object with these {@code fields}
     */
    public static String of(Configuration configuration, Path folder, Path accessLog, Map<String, String> fields) {
        List<Map<String, Object>> clusters = Tree.copy(configuration.resources(ResourceKind.CLUSTER));
        for (Map<String, Object> cluster : clusters) {
            Map<String, Object> common = Tree.object(cluster, "commonLbConfig");
            common.put("updateMergeWindow", "0s");
            cluster.put("commonLbConfig", common);
            if (cluster.containsKey("edsClusterConfig")) {
                Map<String, Object> eds = Tree.object(cluster, "edsClusterConfig");
                String name = String.valueOf(eds.getOrDefault("serviceName", cluster.get("name")));
                eds.put("edsConfig", source(configuration, ResourceKind.ENDPOINTS, name, folder));
            }
        }
        Path clusterFile = DiscoveryFiles.write(folder.resolve("Cluster.pb"), ResourceKind.CLUSTER, clusters);
        Map<String, Object> bootstrap = Callers.bootstrap(configuration);
        bootstrap.put(
                "dynamicResources",
                Map.of(
                        "cdsConfig",
                        Map.of(
                                "resourceApiVersion",
                                "V3",
                                "pathConfigSource",
                                Map.of("path", clusterFile.toString()))));
        bootstrap.put(
                "staticResources",
                Map.of(
                        "listeners",
                        List.of(listener(configuration, folder, accessLog, fields)),
                        "clusters",
                        Callers.clusters(configuration)));
        // A line each, so that a test's own process can add what it needs.
        return bootstrap.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + Json.print(entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, Object> listener(
            Configuration configuration, Path folder, Path accessLog, Map<String, String> fields) {
        Map<String, Object> hcm = Tree.copy(httpConnectionManager(configuration));
        Map<String, Object> config = Tree.object(hcm, "typedConfig");
        Map<String, Object> rds = Tree.object(config, "rds");
        rds.put("configSource", source(configuration, ResourceKind.ROUTES, Tree.text(rds, "routeConfigName"), folder));
        config.put("accessLog", List.of(Map.of("name", "file", "typedConfig", log(accessLog, fields))));
        return Map.of(
                "name",
                "in",
                "address",
                Map.of("socketAddress", Map.of("address", "127.0.0.1", "portValue", 0)),
                "filterChains",
                List.of(Map.of("filters", List.of(hcm))));
    }

    private static Map<String, Object> httpConnectionManager(Configuration configuration) {
        return configuration.resources(ResourceKind.LISTENER).stream()
                .flatMap(listener -> Tree.objects(listener, "filterChains").stream())
                .flatMap(chain -> Tree.objects(chain, "filters").stream())
                .filter(filter -> "envoy.filters.network.http_connection_manager".equals(filter.get("name")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no listener speaks HTTP"));
    }

    private static Map<String, Object> log(Path path, Map<String, String> fields) {
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("@type", FILE_LOG);
        log.put("path", path.toString());
        log.put("logFormat", Map.of("jsonFormat", fields));
        return log;
    }

    private static Map<String, Object> source(
            Configuration configuration, ResourceKind kind, String name, Path folder) {
        Path file = folder.resolve(kind.file()).resolve(name.replaceAll("[^A-Za-z0-9.-]", "_") + ".pb");
        List<Map<String, Object>> resource = configuration.resources(kind).stream()
                .filter(each -> name.equals(each.get(kind.nameField())))
                .toList();
        DiscoveryFiles.write(file, kind, resource);
        return Map.of("resourceApiVersion", "V3", "pathConfigSource", Map.of("path", file.toString()));
    }
}
