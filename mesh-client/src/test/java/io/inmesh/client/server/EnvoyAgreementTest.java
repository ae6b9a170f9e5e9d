package io.inmesh.client.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.compile.InboundCompiler;
import io.inmesh.client.testing.RawHttp;
import io.inmesh.client.testing.Tls;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.Peers;
import io.inmesh.testkit.PemFiles;
import io.inmesh.testkit.TestPki;
import io.inmesh.xds.decode.ResourceDecoder;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The tutorial's policy as istiod sends it, enforced by a real Envoy and by us: the same bytes get the same status. */
@ParameterizedClass
@EnumSource(ServerKind.class)
class EnvoyAgreementTest {

    /** Where we are stricter, by docs/adr/0010: 400 for what Envoy passes on or judges by another reading. */
    private static final Set<String> STRICTER = Set.of("/api/%2f", "/api/a%5cb", "/api/;x=y", "/api/x#f", "/api/%ff");

    private static final List<String> PATHS = List.of(
            "/api/x",
            "/api/",
            "/api",
            "/api?x",
            "/api/x?y=/other",
            "/other",
            "/",
            "/API/x",
            "/%61pi/x",
            "/api/a%40b",
            "/api/a;x=y",
            "/api/../other",
            "/api/%2e%2e/other",
            "/x/../api/y",
            "/./api/y",
            "//api/x",
            "/api//x",
            "/apix",
            "/api/%20",
            "/api/caf%c3%a9",
            "/api/%2f",
            "/api/a%5cb",
            "/api/;x=y",
            "/api/x#f",
            "/api/%ff");

    @TempDir
    private Path folder;

    private final ServerKind kind;

    EnvoyAgreementTest(ServerKind kind) {
        this.kind = kind;
    }

    private final TestPki pki = TestPki.create();

    @Test
    void bothGiveTheSameStatusExceptWhereWeAreStricterByDecision() throws Exception {
        WorkloadIdentity httpbin = pki.identity("default", "httpbin");
        try (MeshedServer server = kind.start(httpbin);
                EnvoyProcess envoy = EnvoyProcess.start(bootstrap(PemFiles.write(httpbin, folder)))) {
            server.holder.publish(InboundCompiler.compile(listeners(), MeshClock.system(), KeySources.NONE)
                    .snapshot());
            List<String> differences = new ArrayList<>();
            int rows = 0;
            for (String caller : List.of("frontend", "frontend2", "")) {
                WorkloadIdentity identity = caller.isEmpty() ? null : pki.identity("default", caller);
                int envoyPort = envoy.port(identity == null ? "plain" : "mutual");
                for (String method : List.of("GET", "POST", "DELETE")) {
                    for (String path : PATHS) {
                        String ours = status(server.port(), identity, method, path);
                        String theirs = status(envoyPort, identity, method, path);
                        rows++;
                        boolean stricter = STRICTER.contains(path) && ours.equals("400");
                        if (!ours.equals(theirs) && !stricter) {
                            differences.add(caller + " " + method + " " + path + ": " + ours + ", Envoy " + theirs);
                        }
                    }
                }
            }
            assertThat(differences).isEmpty();
            assertThat(rows).isEqualTo(225);
        }
    }

    private static String status(int port, @Nullable WorkloadIdentity identity, String method, String path)
            throws Exception {
        String request =
                method + " " + path + " HTTP/1.1\r\nHost: httpbin\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (RawHttp http = identity == null
                ? RawHttp.plaintext(port)
                : new RawHttp(Tls.connect(port, identity, "istio-http/1.1", "istio", "http/1.1"))) {
            String answer = http.exchange(request);
            return answer.length() < 12 ? "closed" : answer.substring(9, 12);
        }
    }

    private static List<Listener> listeners() throws IOException {
        Path file = Peers.shared("istiod-captures").resolve("httpbin-server-permissive/Listener.pb");
        List<Listener> listeners = new ArrayList<>();
        for (Message any :
                Message.parse(DiscoveryResponse.TYPE, Files.readAllBytes(file)).get(DiscoveryResponse.RESOURCES)) {
            listeners.add(ResourceDecoder.LISTENERS.decode(any.get(Any.VALUE)).orThrow());
        }
        return listeners;
    }

    /** The captured filter's own JSON, from its type on. */
    private static String rbac() throws IOException {
        String json =
                Files.readString(Peers.shared("istiod-captures").resolve("httpbin-server-permissive/Listener.json"));
        int type = json.indexOf("type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC");
        int start = json.lastIndexOf('{', type);
        int depth = 0;
        for (int i = start; i < json.length(); i++) {
            depth += json.charAt(i) == '{' ? 1 : json.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return json.substring(start, i + 1).replaceAll("\\s*\\n\\s*", " ");
            }
        }
        throw new IllegalStateException("no end of the filter");
    }

    private static String bootstrap(PemFiles files) throws IOException {
        String tls = """
                  transport_socket:
                    name: envoy.transport_sockets.tls
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                      require_client_certificate: true
                      common_tls_context:
                        alpn_protocols: [h2, http/1.1]
                        tls_certificates: [{certificate_chain: {filename: %s}, private_key: {filename: %s}}]
                        validation_context: {trusted_ca: {filename: %s}}
            """.formatted(files.chain(), files.key(), files.root());
        return "static_resources:\n  listeners:\n" + listener("mutual") + tls + listener("plain");
    }

    private static String listener(String name) throws IOException {
        return """
              - name: NAME
                address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                filter_chains:
                - filters:
                  - name: hcm
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: NAME
                      normalize_path: true
                      path_with_escaped_slashes_action: KEEP_UNCHANGED
                      route_config: {virtual_hosts: [{name: all, domains: ["*"], routes: [{match: {prefix: /}, direct_response: {status: 200}}]}]}
                      http_filters:
                      - {name: envoy.filters.http.rbac, typed_config: RBAC}
                      - name: router
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
            """.replace("NAME", name).replace("RBAC}", rbac() + "}");
    }
}
