package io.inmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.testkit.Peers;
import io.inmesh.xds.state.FileConfigSource;
import io.inmesh.xds.state.XdsResources;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshctlTest {

    private static final String MESH = """
            apiVersion: v1
            kind: Service
            metadata: {name: reviews, namespace: shop}
            spec: {clusterIP: 10.0.0.10, selector: {app: reviews}, ports: [{name: http, port: 9080}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: reviews-1, namespace: shop, labels: {app: reviews, version: v1}}
            spec: {serviceAccountName: reviews}
            status: {podIP: 10.1.0.1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: reviews-2, namespace: shop, labels: {app: reviews, version: v2}}
            spec: {serviceAccountName: reviews}
            status: {podIP: 10.1.0.2}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: reviews, namespace: shop}
            spec:
              host: reviews
              subsets:
              - {name: v1, labels: {version: v1}}
              - {name: v2, labels: {version: v2}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews, namespace: shop}
            spec:
              hosts: [reviews]
              http:
              - name: jason
                match: [{headers: {end-user: {exact: jason}}}]
                route: [{destination: {host: reviews, subset: v2}}]
              - name: others
                route: [{destination: {host: reviews, subset: v1}}]
            ---
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: shop}
            spec: {mtls: {mode: STRICT}}
            ---
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: readers, namespace: shop}
            spec:
              selector: {matchLabels: {app: reviews}}
              action: ALLOW
              rules:
              - from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]
                to: [{operation: {methods: [GET]}}]
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path mesh;

    @BeforeEach
    void write() throws Exception {
        mesh = Files.writeString(folder.resolve("mesh.yaml"), MESH);
    }

    @Test
    void goodResourcesAreValid() {
        assertThat(run("validate", "-f", mesh.toString())).isZero();
        assertThat(out.toString()).isEqualTo("7 resources, 0 refused, 0 warnings.\n");
    }

    @Test
    void aRefusedResourceIsNamedWithFileAndLineInEveryFormat() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: x, namespace: shop}
                spec:
                  hosts: [reviews]
                  http:
                  - route: [{destination: {host: reviews}}]
                    timeout: 5 apples
                """);
        assertThat(run("validate", "-f", bad.toString())).isEqualTo(79);
        assertThat(out.toString())
                .contains("Error [IST0106] (VirtualService shop/x " + bad
                        + ":8) Schema validation error: spec.http[0].timeout: ");

        assertThat(run("validate", "-f", bad.toString(), "-o", "json")).isEqualTo(79);
        assertThat(out.toString()).contains("\"level\": \"Error\"", "\"reference\": \"" + bad + ":8\"");
    }

    @Test
    void aFieldWithoutEffectIsAWarningAndNoFailure() throws Exception {
        Path odd = Files.writeString(
                folder.resolve("odd.yaml"), MESH.replace("hosts: [reviews]", "hosts: [reviews]\n  bogus: 1"));
        assertThat(run("validate", "-f", odd.toString())).isZero();
        assertThat(out.toString())
                .contains("Warning [IST0106] (VirtualService shop/reviews ", "unknown field \"spec.bogus\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "\u0000\u0001\u0002", "a: &x [*x]", "- - - - {"})
    void whatIsNoYamlIsUnreadableAndNeverAStackTrace(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("hostile.yaml"), content);
        assertThat(run("validate", "-f", file.toString())).isEqualTo(65);
        assertThat(out + "" + err).contains("hostile.yaml:").doesNotContain("\tat ");
    }

    @Test
    void aHugeFileIsUnreadable() throws Exception {
        Path file = folder.resolve("huge.yaml");
        Files.write(file, new byte[9 << 20]);
        assertThat(run("validate", "-f", file.toString())).isEqualTo(65);
    }

    @Test
    void aMissingFileIsUnreadableAndAWrongLineIsUsage() {
        assertThat(run("validate", "-f", folder.resolve("none").toString())).isEqualTo(65);
        assertThat(err.toString()).contains("no such file or folder");
        assertThat(run("validate")).isEqualTo(64);
        assertThat(run("valdate", "-f", "x")).isEqualTo(64);
        assertThat(err.toString()).contains("validate");
        assertThat(run("explain", "GET", "http://reviews/")).isEqualTo(64);
        assertThat(run("explain", "NOFLAG")).isEqualTo(64);
    }

    @Test
    void explainsWhereACallGoesAndWhatItComesFrom() {
        assertThat(explain("GET", "http://reviews:9080/x", "-H", "end-user: jason"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "outbound|9080|v2|reviews.shop.svc.cluster.local",
                        "virtual-service shop/reviews",
                        "mesh.yaml:");
        assertThat(explain("GET", "http://reviews:9080/x")).isZero();
        assertThat(out.toString()).contains("outbound|9080|v1|reviews.shop.svc.cluster.local", "end-user");
        assertThat(explain("GET", "http://reviews:9080/x", "-o", "json")).isZero();
        assertThat(out.toString()).startsWith("{").endsWith("}\n");
    }

    @Test
    void anExplanationSaysWhatItDidNotTakeIntoAccount() throws Exception {
        Files.writeString(mesh, MESH.replace("hosts: [reviews]", "hosts: 7"));
        assertThat(explain("GET", "http://reviews:9080/x")).isZero();
        assertThat(err.toString()).startsWith("refused: ").contains("VirtualService shop/reviews");
    }

    @Test
    void explainsFlagsByBothOfTheirNames() {
        assertThat(run("explain", "UF,UpstreamRetryLimitExceeded")).isZero();
        assertThat(out.toString().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .matches("[A-Z]+ [A-Za-z]+: .+\\."));
    }

    @Test
    void saysWhoIsLetInAndWhichPolicyDenies() {
        assertThat(check("GET", "cluster.local/ns/shop/sa/web")).isEqualTo("ALLOWED");
        assertThat(check("POST", "cluster.local/ns/shop/sa/web")).startsWith("DENIED   403 by ");
        assertThat(check("GET", "cluster.local/ns/shop/sa/other")).startsWith("DENIED   403 by ");
        assertThat(run(authz("GET"))).isZero();
        assertThat(out.toString()).as("plaintext, and STRICT").startsWith("DENIED   the connection is refused");
    }

    @Test
    void translatesIntoTheFilesThatAClientStartsFrom() throws Exception {
        Path to = folder.resolve("xds");
        assertThat(run("translate", "-f", mesh.toString(), "--for", "shop/web", "-d", to.toString()))
                .isZero();
        AtomicReference<XdsResources> read = new AtomicReference<>();
        try (FileConfigSource files = new FileConfigSource(to)) {
            files.start(read::set);
        }
        assertThat(read.get().complete()).isTrue();
        assertThat(read.get().clusters().byName()).containsKey("outbound|9080|v2|reviews.shop.svc.cluster.local");
    }

    @Test
    void noFileOfTheTutorialIsRefused() throws Exception {
        try (Stream<Path> files = Files.list(Peers.shared("tutorial"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                assertThat(run("validate", "-f", file.toString()))
                        .as(() -> file + ": " + out)
                        .isZero();
            }
        }
    }

    @Test
    void completionAndVersionAreThere() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("meshctl", "validate");
        assertThat(run("version")).isZero();
        assertThat(out.toString()).startsWith("meshctl ");
    }

    private int explain(String method, String url, String... more) {
        String[] line = {"explain", method, url, "--from", "shop/web", "-f", mesh.toString()};
        return run(concat(line, more));
    }

    private String check(String method, String principal) {
        assertThat(run(concat(authz(method), "--principal", principal))).isZero();
        return out.toString().lines().findFirst().orElseThrow();
    }

    private String[] authz(String method) {
        return new String[] {
            "authz", "check", method, "/x", "--to", "shop/reviews-1", "--port", "9080", "-f", mesh.toString()
        };
    }

    private static String[] concat(String[] first, String... second) {
        String[] all = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Meshctl.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
