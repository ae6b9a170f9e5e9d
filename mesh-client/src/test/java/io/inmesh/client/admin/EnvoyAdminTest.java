package io.inmesh.client.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.Peers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One configuration, a real Envoy and ourselves: both admin endpoints answer in the same shape, with the same values where they can. */
class EnvoyAdminTest {

    @TempDir
    static Path folder;

    private static EnvoyProcess envoy;
    private static RunningMesh mesh;

    @BeforeAll
    static void bothReadTheSameFiles() throws Exception {
        Peers.envoy();
        DiscoveryFolder files = new DiscoveryFolder(folder);
        files.write("Cluster", "envoy.config.cluster.v3.Cluster", """
                {"name": "outbound|80|v1|reviews", "type": "EDS", "connect_timeout": "1s",
                 "eds_cluster_config": {"service_name": "outbound|80|v1|reviews", "eds_config": %s},
                 "circuit_breakers": {"thresholds": [{"max_connections": 7, "max_requests": 9}]},
                 "outlier_detection": {"consecutive_5xx": 3, "interval": "10s"},
                 "metadata": {"filter_metadata": {"istio": {"config": "/apis/x"}}}}""".formatted(files.source("ClusterLoadAssignment")));
        files.write("ClusterLoadAssignment", "envoy.config.endpoint.v3.ClusterLoadAssignment", """
                {"cluster_name": "outbound|80|v1|reviews", "endpoints": [
                  {"locality": {"region": "r", "zone": "z"}, "lb_endpoints": [
                    {"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 9}}, "hostname": "pod-1"},
                     "load_balancing_weight": 3},
                    {"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 10}}},
                     "health_status": "UNHEALTHY"}]},
                  {"priority": 1, "lb_endpoints": [
                    {"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 11}}},
                     "health_status": "DEGRADED"}]}]}""");
        files.write("RouteConfiguration", "envoy.config.route.v3.RouteConfiguration", """
                {"name": "80", "ignore_port_in_host_matching": true, "virtual_hosts": [
                  {"name": "reviews", "domains": ["reviews"], "routes": [
                    {"name": "all", "match": {"prefix": "/"},
                     "route": {"cluster": "outbound|80|v1|reviews", "timeout": "3s"}}]}]}""");
        files.writeListener(0);
        envoy = files.startEnvoy();
        mesh = new RunningMesh(folder);
    }

    @AfterAll
    static void stop() {
        if (mesh != null) {
            mesh.close();
        }
        if (envoy != null) {
            envoy.close();
        }
    }

    @Test
    void configDumpsHaveTheSameSections() throws Exception {
        Map<String, String> envoys = leaves(envoy.get("/config_dump?include_eds"));
        Map<String, String> ours = leaves(mesh.get("/config_dump?include_eds"));

        // Endpoints come as Envoy keeps them, with every default written out; ours as they were sent.
        // Files as a source of resources are declared nowhere: nobody but this test has them.
        Predicate<String> dynamic = path ->
                path.contains("].dynamic_") && !path.matches(".*(secrets|endpoint_configs|path_config_source).*");
        assertThat(keys(ours, dynamic)).isEqualTo(keys(envoys, dynamic));
        Predicate<String> comparable = dynamic.and(path -> !path.endsWith("last_updated"));
        assertThat(values(ours, comparable)).isEqualTo(values(envoys, comparable));
        Predicate<String> endpoints =
                path -> path.contains("endpoint_configs") && !path.matches(".*(version_info|last_updated)");
        assertThat(keys(envoys, endpoints)).containsAll(keys(ours, endpoints));
    }

    @Test
    void clustersAgreeAsJson() throws Exception {
        Map<String, String> envoys = leaves(envoy.get("/clusters?format=json"));
        Map<String, String> ours = leaves(mesh.get("/clusters?format=json"));

        assertThat(values(ours, path -> true)).isEqualTo(values(envoys, path -> true));
    }

    @Test
    void clustersAgreeAsText() throws Exception {
        assertThat(mesh.get("/clusters").lines().sorted())
                .containsExactlyElementsOf(
                        envoy.get("/clusters").lines().sorted().toList());
        assertThat(mesh.get("/clusters?filter=reviews")).isNotEmpty();
        assertThat(mesh.get("/clusters?filter=ratings")).isEmpty();
    }

    @Test
    void listenersAgreeButForThePortThatIsBound() throws Exception {
        Predicate<String> anyPort = path -> !path.endsWith("port_value");
        assertThat(keys(leaves(mesh.get("/listeners?format=json")), anyPort))
                .isEqualTo(keys(leaves(envoy.get("/listeners?format=json")), anyPort));
        assertThat(mesh.get("/listeners")).startsWith("0.0.0.0_80::127.0.0.1:");
    }

    @Test
    void statisticsThatWeHaveAreNamedAndCountedAsEnvoys() throws Exception {
        Map<String, String> envoys = statistics(envoy.get("/stats"));
        Map<String, String> ours = statistics(mesh.get("/stats?filter=cluster%5C."));

        assertThat(ours).isNotEmpty();
        assertThat(envoys).containsAllEntriesOf(ours);
        assertThat(leaves(mesh.get("/stats?format=json&filter=membership")).keySet())
                .isNotEmpty()
                .allMatch(path -> path.startsWith("stats["));
    }

    @Test
    void statisticsForPrometheusAreNamedAsEnvoys() throws Exception {
        Set<String> envoys = withoutValues(envoy.get("/stats?format=prometheus"));
        Set<String> ours = withoutValues(mesh.get("/stats?format=prometheus&filter=cluster%5C."));

        assertThat(ours).isNotEmpty();
        assertThat(envoys).containsAll(ours);
    }

    @Test
    void whatIsKnownOfTheServerIsNamedAsEnvoys() throws Exception {
        assertThat(leaves(envoy.get("/server_info")).keySet())
                .contains("version", "uptime_current_epoch", "node.user_agent_name");
        assertThat(leaves(mesh.get("/server_info")).keySet())
                .contains("version", "uptime_current_epoch", "node.user_agent_name");
        assertThat(envoy.get("/ready")).isEqualTo(mesh.get("/ready"));
        assertThat(leaves(mesh.get("/certs")).keySet())
                .contains(
                        "certificates[0].cert_chain[0].serial_number",
                        "certificates[0].cert_chain[0].subject_alt_names[0].uri",
                        "certificates[0].ca_cert[0].expiration_time");
    }

    private static Set<String> withoutValues(String prometheus) {
        return prometheus
                .lines()
                .map(line -> line.replaceAll(" [0-9.]+$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> statistics(String text) {
        return text.lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a, TreeMap::new));
    }

    private static Set<String> keys(Map<String, String> leaves, Predicate<String> which) {
        return leaves.keySet().stream()
                .map(path -> path.replaceAll("\\[\\d+]", "[]"))
                .filter(which)
                .map(path -> path.replaceFirst("^configs\\[]\\.", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> values(Map<String, String> leaves, Predicate<String> which) {
        Map<String, String> values = new TreeMap<>();
        leaves.forEach((path, value) -> {
            if (which.test(path)) {
                values.put(path.replaceFirst("^configs\\[\\d+]\\.", ""), value);
            }
        });
        return values;
    }

    private static Map<String, String> leaves(String json) {
        Map<String, String> leaves = new TreeMap<>();
        collect("", JsonParser.parseString(json), leaves);
        return leaves;
    }

    private static void collect(String path, JsonElement element, Map<String, String> leaves) {
        if (element instanceof JsonObject object) {
            String prefix = path.isEmpty() ? "" : path + ".";
            object.entrySet().forEach(member -> collect(prefix + member.getKey(), member.getValue(), leaves));
        } else if (element instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                collect(path + "[" + i + "]", array.get(i), leaves);
            }
        } else {
            leaves.put(path, element.getAsString());
        }
    }
}
