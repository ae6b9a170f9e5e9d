package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.pipeline.Explanation;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Problem;
import io.inmesh.control.config.Yaml;
import io.inmesh.control.push.EncodedResource;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.XdsType;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Protocol;
import io.inmesh.xds.model.cluster.TcpKeepalive;
import io.inmesh.xds.model.listener.HttpConnectionManager;
import io.inmesh.xds.model.listener.PathNormalization;
import io.inmesh.xds.model.listener.PathNormalization.EscapedSlashes;
import io.inmesh.xds.model.tls.DownstreamTls;
import io.inmesh.xds.state.XdsResources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeshConfigTest {

    private static final Proxy CLIENT = Simulation.proxy("shop", "client", Map.of("app", "a"));

    private static final String WORLD = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: shop}
            spec: {selector: {app: a}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: client, namespace: shop, labels: {app: a, security.istio.io/tlsMode: istio}}
            spec: {containers: []}
            status: {podIP: 10.0.0.9}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b, namespace: other}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: outside, namespace: shop}
            spec: {hosts: [x.example.com], location: MESH_EXTERNAL, resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}
            """;

    private static String mesh(String fields) {
        return WORLD + """
                ---
                apiVersion: inmesh.io/v1
                kind: MeshConfig
                metadata: {name: mesh}
                spec:
                """ + fields.indent(2);
    }

    private static String configMap(String namespace, String name, String fields) {
        return """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: %s}
                data:
                  meshNetworks: "networks: {}"
                  mesh: |
                """.formatted(name, namespace) + fields.indent(4);
    }

    private static XdsResources resources(String yaml) {
        ConfigSnapshot config = Yaml.of(yaml);
        return Simulation.resources(config, MeshSettings.DEFAULT, CLIENT);
    }

    private static Cluster cluster(String yaml, String host) {
        Cluster cluster = resources(yaml).clusters().byName().get("outbound|80||" + host);
        assertThat(cluster).isNotNull();
        return cluster;
    }

    private static Cluster cluster(String yaml) {
        return cluster(yaml, "a.shop.svc.cluster.local");
    }

    @Test
    void connectionsHaveTheMeshsTimersWhereNoRuleHasOthers() {
        String fields = """
                connectTimeout: 3s
                dnsRefreshRate: 7s
                tcpKeepalive: {time: 60s, probes: 4}
                """;
        assertThat(cluster(mesh(fields)).connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(cluster(mesh(fields)).tcpKeepalive()).isEqualTo(new TcpKeepalive(4L, Duration.ofMinutes(1), null));
        assertThat(cluster(mesh(fields), "x.example.com").discovery())
                .isInstanceOfSatisfying(
                        Discovery.StrictDns.class,
                        names -> assertThat(names.dns().refreshRate()).isEqualTo(Duration.ofSeconds(7)));

        String rule = """
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: a, namespace: shop}
                spec: {host: a, trafficPolicy: {connectionPool: {tcp: {connectTimeout: 1s, tcpKeepalive: {time: 5s}}}}}
                """;
        assertThat(cluster(mesh(fields) + rule).connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(cluster(mesh(fields) + rule).tcpKeepalive())
                .isEqualTo(new TcpKeepalive(4L, Duration.ofSeconds(5), null));
    }

    @Test
    void portsOfHttpAreUpgradedUnlessTheRuleForbidsIt() {
        String rule = """
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: a, namespace: shop}
                spec: {host: a, trafficPolicy: {connectionPool: {http: {h2UpgradePolicy: DO_NOT_UPGRADE}}}}
                """;
        assertThat(cluster(WORLD).httpProtocolOptions().protocol()).isEqualTo(Protocol.HTTP1);
        assertThat(cluster(mesh("h2UpgradePolicy: UPGRADE"))
                        .httpProtocolOptions()
                        .protocol())
                .isEqualTo(Protocol.HTTP2);
        assertThat(cluster(mesh("h2UpgradePolicy: UPGRADE") + rule)
                        .httpProtocolOptions()
                        .protocol())
                .isEqualTo(Protocol.HTTP1);
    }

    @Test
    void mutualTlsIsAutomaticUnlessSwitchedOff() {
        assertThat(cluster(WORLD).transport().matches()).isNotEmpty();
        assertThat(cluster(mesh("enableAutoMtls: false")).transport().matches()).isEmpty();
    }

    @Test
    void routesThatWriteNoRetriesHaveTheMeshs() {
        assertThat(retries(WORLD)).contains("2 ").contains("connect-failure");
        assertThat(retries(mesh("defaultHttpRetryPolicy: {attempts: 5, retryOn: 5xx}")))
                .contains("5 ")
                .contains("5xx");
        assertThat(retries(mesh("defaultHttpRetryPolicy: {retryOn: reset}")))
                .contains("2 ")
                .contains("reset");
        assertThat(retries(mesh("defaultHttpRetryPolicy: {attempts: 0}"))).isEmpty();
        String own = """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: a, namespace: shop}
                spec: {hosts: [a], http: [{retries: {attempts: 1, retryOn: gateway-error}, route: [{destination: {host: a}}]}]}
                """;
        assertThat(retries(mesh("defaultHttpRetryPolicy: {attempts: 5, retryOn: 5xx}") + own))
                .contains("1 ")
                .contains("gateway-error");
    }

    private static String retries(String yaml) {
        Explanation.Policy policy =
                Simulation.of(Yaml.of(yaml), CLIENT).get("a", "/").policy();
        return policy.retryOn().isEmpty() ? "" : policy.numRetries() + " " + policy.retryOn();
    }

    @Test
    void unknownHostsPassOrNot() {
        assertThat(Simulation.of(Yaml.of(mesh("outboundTrafficPolicy: {mode: REGISTRY_ONLY}")), CLIENT)
                        .get("nobody.example.com", "/")
                        .reply())
                .isEqualTo(502);
        assertThat(Simulation.of(Yaml.of(mesh("outboundTrafficPolicy: {mode: ALLOW_ANY}")), CLIENT)
                        .clusters("nobody.example.com", "/"))
                .containsExactly("PassthroughCluster 1");
    }

    @Test
    void whatDoesNotSayWhoSeesItIsSeenByWhomTheMeshNames() {
        assertThat(hosts(WORLD)).contains("b.other.svc.cluster.local");
        assertThat(hosts(mesh("defaultServiceExportTo: ['.']")))
                .contains("a.shop.svc.cluster.local", "x.example.com")
                .doesNotContain("b.other.svc.cluster.local");

        String rule = """
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: b, namespace: other}
                spec: {host: b, trafficPolicy: {connectionPool: {tcp: {connectTimeout: 1s}}}}
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: b, namespace: other}
                spec: {hosts: [b], http: [{directResponse: {status: 418}}]}
                """;
        String b = "b.other.svc.cluster.local";
        assertThat(cluster(WORLD + rule, b).connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(cluster(mesh("defaultDestinationRuleExportTo: ['.']") + rule, b)
                        .connectTimeout())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(Simulation.of(Yaml.of(WORLD + rule), CLIENT)
                        .get("b.other", "/")
                        .reply())
                .isEqualTo(418);
        assertThat(Simulation.of(Yaml.of(mesh("defaultVirtualServiceExportTo: ['.']") + rule), CLIENT)
                        .get("b.other", "/")
                        .reply())
                .isZero();
    }

    private static List<String> hosts(String yaml) {
        return resources(yaml).clusters().byName().keySet().stream()
                .filter(name -> name.startsWith("outbound|"))
                .map(name -> name.substring(name.lastIndexOf('|') + 1))
                .toList();
    }

    @Test
    void namespacesThatNoSelectorMeansDoNotExist() {
        String labelled = """
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: other, labels: {mesh: "%s"}}
                """;
        String selectors = """
                discoverySelectors:
                - matchLabels: {kubernetes.io/metadata.name: shop}
                - matchExpressions: [{key: mesh, operator: In, values: ["yes"]}]
                """;
        assertThat(hosts(mesh(selectors)))
                .contains("a.shop.svc.cluster.local")
                .doesNotContain("b.other.svc.cluster.local");
        assertThat(hosts(mesh(selectors) + labelled.formatted("yes"))).contains("b.other.svc.cluster.local");
        assertThat(hosts(mesh(selectors) + labelled.formatted("no"))).doesNotContain("b.other.svc.cluster.local");
    }

    @Test
    void aNamespaceThatIsLabelledLaterComesThen() {
        Hub hub = new Hub(MeshSettings.DEFAULT, new FakeClock(), Runnable::run);
        String selectors = "discoverySelectors: [{matchLabels: {mesh: in}}]";
        hub.push(context -> context.replace(Yaml.of(mesh(selectors)).resources()));
        assertThat(names(hub)).noneMatch(name -> name.contains("shop"));
        ConfigSnapshot namespace = Yaml.of("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop, labels: {mesh: in}}
                """);
        hub.push(context -> context.change(
                Map.of("Namespace shop/shop", namespace.resources().get(0)), List.of()));
        assertThat(names(hub)).contains("outbound|80||a.shop.svc.cluster.local");
        hub.push(context -> context.change(Map.of(), List.of("MeshConfig default/mesh")));
        assertThat(names(hub)).contains("outbound|80||b.other.svc.cluster.local");
    }

    private static List<String> names(Hub hub) {
        return hub.resourcesFor(CLIENT).getOrDefault(XdsType.CDS, List.of()).stream()
                .map(EncodedResource::name)
                .toList();
    }

    @Test
    void callersAreSharedByPlaceWithoutAnyRule() {
        String entry = """
                ---
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: c, namespace: shop}
                spec:
                  hosts: [c.example.com]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  ports: [{number: 80, name: http, protocol: HTTP}]
                  endpoints: [{address: 10.0.0.1, locality: r1/z1}, {address: 10.0.0.2, locality: r1/z2}]
                """;
        Proxy placed = new Proxy(
                CLIENT.id(),
                "other",
                "shop",
                "default",
                Map.of(),
                List.of("10.0.0.7"),
                CLIENT.dnsDomain(),
                false,
                CLIENT.workloadEntry(),
                "r1/z1");
        String fields = "localityLbSetting: {distribute: [{from: r1/z1/*, to: {r1/z1/*: 80, r1/z2/*: 20}}]}";
        assertThat(Simulation.resources(Yaml.of(mesh(fields) + entry), MeshSettings.DEFAULT, placed)
                        .loadAssignments()
                        .byName()
                        .get("outbound|80||c.example.com")
                        .endpoints())
                .extracting(group -> group.locality().zone() + " " + group.weight())
                .containsExactly("z1 80", "z2 20");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, false, false, KEEP_UNCHANGED",
        "DEFAULT, true, false, KEEP_UNCHANGED",
        "BASE, true, false, KEEP_UNCHANGED",
        "MERGE_SLASHES, true, true, KEEP_UNCHANGED",
        "DECODE_AND_MERGE_SLASHES, true, true, UNESCAPE_AND_FORWARD"
    })
    void pathsAreMadeEqualAsTheMeshSays(String written, boolean normalize, boolean merge, EscapedSlashes slashes) {
        assertThat(managers(mesh("pathNormalization: {normalization: " + written + "}")))
                .isNotEmpty()
                .extracting(HttpConnectionManager::pathNormalization)
                .containsOnly(new PathNormalization(normalize, merge, slashes));
    }

    private static List<HttpConnectionManager> managers(String yaml) {
        return resources(yaml).listeners().byName().values().stream()
                .flatMap(listener -> listener.filterChains().stream())
                .flatMap(chain -> chain.httpConnectionManager().stream())
                .toList();
    }

    @Test
    void theLeastVersionOfMutualTlsIsTheMeshs() {
        assertThat(versions(WORLD)).containsOnly("TLS_1_2");
        assertThat(versions(mesh("meshMTLS: {minProtocolVersion: TLSV1_3}"))).containsOnly("TLS_1_3");
    }

    private static List<String> versions(String yaml) {
        return resources(yaml).listeners().byName().get("virtualInbound").filterChains().stream()
                .flatMap(
                        chain -> chain.transportSocket() instanceof DownstreamTls tls ? Stream.of(tls) : Stream.empty())
                .map(tls -> String.valueOf(tls.common().minimumVersion()))
                .toList();
    }

    @Test
    void principalsOfAliasesAreAccepted() {
        String policy = """
                ---
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: p, namespace: shop}
                spec: {rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/x]}}]}]}
                """;
        var caller = Simulation.mutual(80, "spiffe://old.example/ns/shop/sa/x");
        var request = Simulation.request("GET", "a", "/");
        assertThat(Simulation.of(Yaml.of(WORLD + policy), CLIENT).decide(caller, request))
                .isEqualTo(403);
        assertThat(Simulation.of(Yaml.of(mesh("trustDomainAliases: [old.example]") + policy), CLIENT)
                        .decide(caller, request))
                .isEqualTo(200);
    }

    @Test
    void policiesOfTheRootNamespaceHoldEverywhere() {
        String policy = """
                ---
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: none, namespace: policies}
                """;
        var request = Simulation.request("GET", "a", "/");
        assertThat(Simulation.of(Yaml.of(WORLD + policy), CLIENT).decide(Simulation.plaintext(80), request))
                .isEqualTo(200);
        assertThat(Simulation.of(Yaml.of(mesh("rootNamespace: policies") + policy), CLIENT)
                        .decide(Simulation.plaintext(80), request))
                .isEqualTo(403);
    }

    @Test
    void aConfigMapRulesOnlyFromTheRootNamespaceAndOursGoesFirst() {
        String istio = configMap("istio-system", "istio", "connectTimeout: 2s");
        assertThat(cluster(WORLD + istio).connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(cluster(WORLD + istio + configMap("istio-system", "inmesh", "connectTimeout: 4s"))
                        .connectTimeout())
                .isEqualTo(Duration.ofSeconds(4));
        assertThat(cluster(WORLD + configMap("shop", "istio", "connectTimeout: 2s"))
                        .connectTimeout())
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatHasNoEffectIsReportedByItsPath() {
        ConfigSnapshot config = ConfigSnapshot.ofYaml("mesh.yaml", configMap("istio-system", "istio", """
                enableTracing: true
                extensionProviders: [{name: otel}]
                defaultConfig: {concurrency: 2, gatewayTopology: {numTrustedProxies: 1}}
                outboundTrafficPolicie: {mode: REGISTRY_ONLY}
                """));
        assertThat(config.problems())
                .allMatch(problem -> problem.severity() == Problem.Severity.UNSUPPORTED)
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "data.mesh.enableTracing",
                        "data.mesh.extensionProviders",
                        "data.mesh.defaultConfig.concurrency",
                        "data.mesh.outboundTrafficPolicie");
        assertThat(config.problems().toString()).contains("did you mean 'outboundTrafficPolicy'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "outboundTrafficPolicy: {mode: SOMETIMES}|data.mesh.outboundTrafficPolicy.mode",
                "trustDomain: 'a b'|data.mesh.trustDomain",
                "connectTimeout: soon|data.mesh.connectTimeout",
                "'- not an object'|data.mesh",
                "discoverySelectors: [{matchExpressions: [{key: a, operator: In}]}]|data.mesh.discoverySelectors[0].matchExpressions[0].values"
            })
    void aWrongValueIsAnErrorWithItsPath(String yaml, String path) {
        ConfigSnapshot config = ConfigSnapshot.ofYaml("mesh.yaml", configMap("istio-system", "istio", yaml));
        assertThat(config.resources()).isEmpty();
        assertThat(config.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
            assertThat(problem.field()).isEqualTo(path);
        });
    }
}
