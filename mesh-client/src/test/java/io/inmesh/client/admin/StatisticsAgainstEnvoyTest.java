package io.inmesh.client.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same requests through a real Envoy and through ourselves: every statistic that we have counts the same. */
class StatisticsAgainstEnvoyTest {

    /** Envoy closes the connection of an answer that it gives up for another attempt; we read it to its end and keep it. */
    private static final List<String> CONNECTIONS =
            List.of("cluster.reviews.upstream_cx_total", "cluster.reviews.upstream_rq_pending_total");

    @TempDir
    Path folder;

    @Test
    void answersAndRetriesAreCountedAsByEnvoy() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.setDispatcher(new Script());
            server.start(InetAddress.getLoopbackAddress(), 0);
            compare(server.getPort(), "/200", "/404", "/once-503", "/503", "/500", "/200");
        }
    }

    @Test
    void anUpstreamThatRefusesConnectionsIsCountedAsByEnvoy() throws Exception {
        compare(freePort(), "/a", "/b");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void compare(int port, String... paths) throws Exception {
        Peers.envoy();
        DiscoveryFolder files = new DiscoveryFolder(folder);
        files.write("Cluster", "envoy.config.cluster.v3.Cluster", """
                {"name": "reviews", "type": "EDS", "connect_timeout": "1s",
                 "eds_cluster_config": {"service_name": "reviews", "eds_config": %s}}""".formatted(files.source("ClusterLoadAssignment")));
        files.write("ClusterLoadAssignment", "envoy.config.endpoint.v3.ClusterLoadAssignment", """
                {"cluster_name": "reviews", "endpoints": [{"lb_endpoints": [
                  {"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": %d}}}}]}]}""".formatted(port));
        files.write("RouteConfiguration", "envoy.config.route.v3.RouteConfiguration", """
                {"name": "80", "virtual_hosts": [{"name": "any", "domains": ["*"], "routes": [
                  {"match": {"prefix": "/"}, "route": {"cluster": "reviews", "timeout": "0s",
                    "retry_policy": {"retry_on": "gateway-error,connect-failure", "num_retries": 1}}}]}]}""");
        // Envoy binds it; to us it is the port of the URL.
        int listener = freePort();
        files.writeListener(listener);
        try (EnvoyProcess envoy = files.startEnvoy();
                RunningMesh mesh = new RunningMesh(folder)) {
            OkHttpClient plain = new OkHttpClient();
            OkHttpClient meshed = mesh.mesh.okHttp(new OkHttpClient());
            for (String path : paths) {
                int theirs = call(plain, "http://127.0.0.1:" + listener + path + "?envoy");
                int ours = call(meshed, "http://reviews:" + listener + path + "?inmesh");
                assertThat(ours).as(path).isEqualTo(theirs);
            }
            Map<String, String> envoys = statistics(envoy.get("/stats"));
            Map<String, String> ours = statistics(mesh.get("/stats?filter=cluster%5C.reviews"));
            assertThat(ours).hasSizeGreaterThan(30);
            for (Map<String, String> each : List.of(envoys, ours)) {
                each.keySet().removeAll(CONNECTIONS);
            }
            envoys.keySet().retainAll(ours.keySet());
            assertThat(ours).isEqualTo(envoys);
            assertThat(hosts(mesh.get("/clusters"))).isEqualTo(hosts(envoy.get("/clusters")));
        }
    }

    private static String hosts(String clusters) {
        return clusters.lines()
                .filter(line -> line.matches("reviews::127.*::(rq_|cx_connect).*"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static int call(OkHttpClient client, String url) throws Exception {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            assertThat(response.body().bytes()).isNotNull();
            return response.code();
        }
    }

    private static Map<String, String> statistics(String text) {
        return text.lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a, TreeMap::new));
    }

    /** Answers with the status that the path names; {@code /once-503} fails once for each caller. */
    private static final class Script extends Dispatcher {

        private final Map<String, Integer> asked = new TreeMap<>();

        @Override
        public synchronized MockResponse dispatch(RecordedRequest request) {
            String target = request.getTarget();
            int status = target.startsWith("/once-503")
                    ? asked.merge(target, 1, Integer::sum) == 1 ? 503 : 200
                    : Integer.parseInt(target.substring(1, 4));
            return new MockResponse.Builder().code(status).body("hello").build();
        }
    }
}
