package io.inmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCommandsTest {

    private static final String DUMP = """
            {"configs": [
              {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump", "dynamic_active_clusters": [
                {"cluster": {"name": "outbound|9080|v1|reviews.shop.svc.cluster.local", "type": "EDS", "metadata":
                  {"filter_metadata": {"istio": {"config": "/apis/networking.istio.io/v1/namespaces/shop/destination-rule/reviews"}}}}},
                {"cluster": {"name": "BlackHoleCluster", "type": "STATIC"}}]},
              {"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump", "dynamic_listeners": [
                {"name": "0.0.0.0_9080", "active_state": {"listener": {"name": "0.0.0.0_9080",
                  "address": {"socket_address": {"address": "0.0.0.0", "port_value": 9080}},
                  "filter_chains": [{"filter_chain_match": {"transport_protocol": "raw_buffer", "application_protocols": ["http/1.1"]},
                    "filters": [{"typed_config": {"rds": {"route_config_name": "9080"}}}]}],
                  "default_filter_chain": {"filters": [{"typed_config": {"cluster": "PassthroughCluster"}}]}}}}]},
              {"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump", "dynamic_route_configs": [
                {"route_config": {"name": "9080", "virtual_hosts": [{"name": "reviews.shop.svc.cluster.local:9080",
                  "domains": ["reviews.shop.svc.cluster.local", "reviews", "reviews.shop"],
                  "routes": [{"match": {"prefix": "/x"}, "metadata":
                    {"filter_metadata": {"istio": {"config": "/apis/networking.istio.io/v1/namespaces/shop/virtual-service/reviews"}}}},
                    {"match": {"path": "/y"}}]}]}}]},
              {"@type": "type.googleapis.com/envoy.admin.v3.EndpointsConfigDump", "dynamic_endpoint_configs": [
                {"endpoint_config": {"cluster_name": "outbound|9080|v1|reviews.shop.svc.cluster.local", "endpoints": [
                  {"locality": {"region": "r1", "zone": "z1"}, "lb_endpoints": [
                    {"endpoint": {"address": {"socket_address": {"address": "10.0.0.2", "port_value": 9080}}}, "health_status": "UNHEALTHY"},
                    {"endpoint": {"address": {"socket_address": {"address": "10.0.0.1", "port_value": 9080}}}}]}]}}]}
            ]}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> asked = new ConcurrentHashMap<>();
    private HttpServer server;
    private String address;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = "localhost:" + server.getAddress().getPort();
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void tablesHaveIstioctlsHeadersAndWords() throws IOException {
        Path file = Files.writeString(folder.resolve("dump.json"), DUMP);
        assertThat(run("proxy-config", "clusters", "--file", file.toString())).isZero();
        assertThat(out).hasToString("""
                SERVICE FQDN                       PORT     SUBSET     DIRECTION     TYPE       DESTINATION RULE
                BlackHoleCluster                   -        -          -             STATIC
                reviews.shop.svc.cluster.local     9080     v1         outbound      EDS        reviews.shop
                """);
        assertThat(run("pc", "listeners", "--file", file.toString())).isZero();
        assertThat(out).hasToString("""
                ADDRESSES     PORT     MATCH                                DESTINATION
                0.0.0.0       9080     Trans: raw_buffer; App: http/1.1     Route: 9080
                0.0.0.0       9080     ALL                                  Cluster: PassthroughCluster
                """);
        assertThat(run("pc", "routes", "--file", file.toString())).isZero();
        assertThat(out).hasToString("""
                NAME     VHOST NAME                              DOMAINS                                                 MATCH     VIRTUAL SERVICE
                9080     reviews.shop.svc.cluster.local:9080     reviews.shop.svc.cluster.local, reviews + 1 more...     /x*       reviews.shop
                9080     reviews.shop.svc.cluster.local:9080     reviews.shop.svc.cluster.local, reviews + 1 more...     /y
                """);
        assertThat(run("pc", "endpoints", "--file", file.toString())).isZero();
        assertThat(out).hasToString("""
                NAME              STATUS        LOCALITY     CLUSTER
                10.0.0.1:9080     HEALTHY       r1/z1        outbound|9080|v1|reviews.shop.svc.cluster.local
                10.0.0.2:9080     UNHEALTHY     r1/z1        outbound|9080|v1|reviews.shop.svc.cluster.local
                """);
        assertThat(run("pc", "secret", "--file", file.toString())).isZero();
        assertThat(out.toString()).startsWith("RESOURCE NAME     TYPE     STATUS     VALID CERT");
        assertThat(run("pc", "endpoints", "--file", file.toString(), "-o", "json"))
                .isZero();
        assertThat(out.toString()).startsWith("[\n  {\n    \"cluster_name\": \"outbound|9080|v1|");
        assertThat(run("pc", "all", "--file", file.toString())).isZero();
        assertThat(out.toString()).contains("SERVICE FQDN", "VHOST NAME", "ADDRESSES", "LOCALITY");
    }

    @Test
    void whatIsNoDumpIsUnreadable() throws IOException {
        Path file = Files.writeString(folder.resolve("dump.json"), "{\"a\": 1}");
        assertThat(run("pc", "all", "--file", file.toString())).isEqualTo(65);
        assertThat(err.toString()).contains("dump.json:1: is not the answer of /config_dump");
        assertThat(run("pc", "all")).isEqualTo(64);
    }

    @Test
    void aProcessIsAskedAtItsAdminPort() {
        answer("/stats", "cluster.a.upstream_rq_total: 3\n");
        answer("/mesh/explain", "forward\n  route configuration 9080\n");
        answer("/config_dump", DUMP);
        assertThat(run("stats", "--live", address, "--filter", "a.b", "-o", "prometheus"))
                .isZero();
        assertThat(out).hasToString("cluster.a.upstream_rq_total: 3\n");
        assertThat(asked).containsEntry("/stats", "filter=a.b&format=prometheus");
        assertThat(run("explain", "GET", "http://reviews/x", "--live", address, "-H", "a: b"))
                .isZero();
        assertThat(out.toString()).startsWith("forward\n");
        assertThat(asked)
                .containsEntry("/mesh/explain", "method=GET&url=http%3A%2F%2Freviews%2Fx&header=a%3A+b&format=text");
        assertThat(run("pc", "clusters", "--live", address)).isZero();
        assertThat(out.toString()).contains("reviews.shop");
        assertThat(asked).containsEntry("/config_dump", "include_eds=");
    }

    @Test
    void nobodyThereIsSaidWithWhatToDo() {
        server.stop(0);
        assertThat(run("stats", "--live", address)).isEqualTo(65);
        assertThat(err.toString()).contains("nobody answers at " + address + ": is the admin port open");
        assertThat(run("stats", "--live", "no port")).isEqualTo(64);
    }

    private void answer(String path, String body) {
        server.createContext(path, exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            asked.put(path, query == null ? "" : query);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Meshctl.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
