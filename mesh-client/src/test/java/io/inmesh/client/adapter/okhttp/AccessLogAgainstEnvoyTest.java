package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.telemetry.AccessLog;
import io.inmesh.client.telemetry.AccessLogFormat;
import io.inmesh.testkit.EnvoyProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line that we write for a request beside the line that a real Envoy writes for the same one, in Istio's format. */
class AccessLogAgainstEnvoyTest {

    private static final String ISTIO =
            "[%START_TIME%] \\\"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\\\""
                    + " %RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS%"
                    + " \\\"%UPSTREAM_TRANSPORT_FAILURE_REASON%\\\" %BYTES_RECEIVED% %BYTES_SENT% %DURATION%"
                    + " %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% \\\"%REQ(X-FORWARDED-FOR)%\\\" \\\"%REQ(USER-AGENT)%\\\""
                    + " \\\"%REQ(X-REQUEST-ID)%\\\" \\\"%REQ(:AUTHORITY)%\\\" \\\"%UPSTREAM_HOST%\\\" %UPSTREAM_CLUSTER_RAW%"
                    + " %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS%"
                    + " %REQUESTED_SERVER_NAME% %ROUTE_NAME%\\n";

    private static final Map<String, String> ISTIO_JSON = new TreeMap<>(Map.ofEntries(
            Map.entry("start_time", "%START_TIME%"),
            Map.entry("method", "%REQ(:METHOD)%"),
            Map.entry("path", "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%"),
            Map.entry("protocol", "%PROTOCOL%"),
            Map.entry("response_code", "%RESPONSE_CODE%"),
            Map.entry("response_flags", "%RESPONSE_FLAGS%"),
            Map.entry("response_code_details", "%RESPONSE_CODE_DETAILS%"),
            Map.entry("connection_termination_details", "%CONNECTION_TERMINATION_DETAILS%"),
            Map.entry("upstream_transport_failure_reason", "%UPSTREAM_TRANSPORT_FAILURE_REASON%"),
            Map.entry("bytes_received", "%BYTES_RECEIVED%"),
            Map.entry("bytes_sent", "%BYTES_SENT%"),
            Map.entry("duration", "%DURATION%"),
            Map.entry("upstream_service_time", "%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%"),
            Map.entry("x_forwarded_for", "%REQ(X-FORWARDED-FOR)%"),
            Map.entry("user_agent", "%REQ(USER-AGENT)%"),
            Map.entry("request_id", "%REQ(X-REQUEST-ID)%"),
            Map.entry("authority", "%REQ(:AUTHORITY)%"),
            Map.entry("upstream_host", "%UPSTREAM_HOST%"),
            Map.entry("upstream_cluster", "%UPSTREAM_CLUSTER_RAW%"),
            Map.entry("upstream_local_address", "%UPSTREAM_LOCAL_ADDRESS%"),
            Map.entry("downstream_local_address", "%DOWNSTREAM_LOCAL_ADDRESS%"),
            Map.entry("downstream_remote_address", "%DOWNSTREAM_REMOTE_ADDRESS%"),
            Map.entry("requested_server_name", "%REQUESTED_SERVER_NAME%"),
            Map.entry("route_name", "%ROUTE_NAME%")));

    /** In text and JSON: who the caller is to Envoy has no meaning inside of the caller; moments and ports of connections differ. */
    private static final Pattern LINE =
            Pattern.compile("(\\[[^]]*]) (.*) (\\d+) (\\d+|-) (\"-\" .* \\S+) (\\S+) (\\S+) (\\S+) (- \\S+)");

    @TempDir
    Path folder;

    private EnvoyProcess envoy;

    @AfterEach
    void stop() {
        if (envoy != null) {
            envoy.close();
        }
    }

    @Test
    void answersAgree() throws Exception {
        try (Server server = Server.http1().always(answer(200))) {
            agree(server.port(), request -> request.url("http://reviews:9080/x?q=1"));
            agree(server.port(), request -> request.url("http://reviews:9080/y")
                    .post(RequestBody.create("0123456789", MediaType.get("text/plain"))));
        }
        try (Server server = Server.http1().always(answer(404))) {
            agree(server.port(), request -> request.url("http://reviews:9080/gone"));
        }
    }

    @Test
    void anUpstreamThatRefusesConnectionsAgrees() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        agree(port, request -> request.url("http://reviews:9080/x"));
    }

    private interface Made {
        Request.Builder of(Request.Builder request);
    }

    private void agree(int port, Made made) throws Exception {
        Request request = made.of(new Request.Builder())
                .header("user-agent", "test")
                .header("x-request-id", "7")
                .build();
        List<String> envoys = envoysLines(port, request);
        String text = ourLine(AccessLogFormat.TEXT, port, request);
        String json = ourLine(AccessLogFormat.JSON, port, request);

        assertThat(comparable(text)).isEqualTo(comparable(envoys.get(0)));
        Map<String, String> ours = members(json);
        Map<String, String> theirs = members(envoys.get(1));
        assertThat(ours.keySet()).containsAll(theirs.keySet());
        ours.keySet().retainAll(theirs.keySet());
        for (String differs : List.of(
                "start_time",
                "duration",
                "upstream_service_time",
                "upstream_local_address",
                "downstream_local_address",
                "downstream_remote_address")) {
            ours.remove(differs);
            theirs.remove(differs);
        }
        assertThat(ours).isEqualTo(theirs);
    }

    private static List<String> comparable(String line) {
        Matcher parts = LINE.matcher(line);
        assertThat(line).matches(LINE);
        parts.matches();
        assertThat(parts.group(1)).matches("\\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z]");
        // 2 to the bytes sent; whether there is a service time; from the caller's headers to the cluster; server name
        // and route.
        return List.of(
                parts.group(2),
                parts.group(4).replaceAll("\\d+", "n"),
                parts.group(5),
                parts.group(6).replaceAll(":\\d+$", ""),
                parts.group(9));
    }

    private static Map<String, String> members(String json) {
        Map<String, String> members = new TreeMap<>();
        JsonObject object = JsonParser.parseString(json).getAsJsonObject();
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            members.put(member.getKey(), member.getValue().toString());
        }
        return members;
    }

    private static String ourLine(AccessLogFormat format, int port, Request request) throws IOException {
        List<String> lines = new ArrayList<>();
        AccessLog log =
                new AccessLog(format, written -> lines.add(written.toString()), Runnable::run, MeshClock.system(), 8);
        try (TestMesh mesh = TestMesh.to(port).listener(log);
                Response response = mesh.client().newCall(request).execute()) {
            assertThat(response.body().bytes()).isNotNull();
        }
        assertThat(lines).hasSize(1);
        return lines.get(0).strip();
    }

    private List<String> envoysLines(int port, Request request) throws Exception {
        Path text = Files.createTempFile(folder, "envoy", ".txt");
        Path json = Files.createTempFile(folder, "envoy", ".json");
        stop();
        envoy = EnvoyProcess.start(bootstrap(port, text, json));
        HttpUrl here = new HttpUrl.Builder()
                .scheme("http")
                .host("127.0.0.1")
                .port(envoy.port("l"))
                .encodedPath(request.url().encodedPath())
                .encodedQuery(request.url().encodedQuery())
                .build();
        try (Response response = new OkHttpClient()
                .newCall(request.newBuilder()
                        .url(here)
                        .header("host", "reviews:9080")
                        .build())
                .execute()) {
            assertThat(response.body().bytes()).isNotNull();
        }
        return List.of(firstLine(text), firstLine(json));
    }

    private static String firstLine(Path file) throws Exception {
        long end = MeshClock.system().nanoTime() + Duration.ofSeconds(10).toNanos();
        while (MeshClock.system().nanoTime() - end < 0) {
            List<String> lines = Files.readAllLines(file);
            if (!lines.isEmpty()) {
                return lines.get(0);
            }
            Thread.sleep(10);
        }
        throw new AssertionError("Envoy wrote no line to " + file);
    }

    private static MockResponse answer(int status) {
        return new MockResponse.Builder().code(status).body("hello").build();
    }

    private static String bootstrap(int port, Path text, Path json) {
        StringBuilder members = new StringBuilder();
        ISTIO_JSON.forEach((key, value) -> members.append(members.isEmpty() ? "" : ", ")
                .append('"')
                .append(key)
                .append("\": \"")
                .append(value)
                .append('"'));
        return """
                static_resources:
                  listeners:
                  - name: l
                    address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                    filter_chains:
                    - filters:
                      - name: envoy.filters.network.http_connection_manager
                        typed_config:
                          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                          stat_prefix: l
                          generate_request_id: false
                          use_remote_address: false
                          access_log:
                          - name: text
                            typed_config:
                              "@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog
                              path: %s
                              log_format: {text_format_source: {inline_string: "%s"}}
                          - name: json
                            typed_config:
                              "@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog
                              path: %s
                              log_format: {json_format: {%s}}
                          route_config:
                            virtual_hosts:
                            - name: any
                              domains: ["*"]
                              routes:
                              - {name: route, match: {prefix: /}, route: {cluster: test, timeout: 0s}}
                          http_filters:
                          - name: envoy.filters.http.router
                            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                  clusters:
                  - name: test
                    connect_timeout: 5s
                    load_assignment:
                      cluster_name: test
                      endpoints:
                      - lb_endpoints:
                        - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
                """.formatted(text, ISTIO, json, members, port);
    }
}
