package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.TrustDomain;
import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies on a workload of {@code default} that has port 8080, judged by the client's own inbound tables. */
class AuthorizationTest {

    private static final String WORKLOAD = """
            apiVersion: v1
            kind: Service
            metadata: {name: httpbin, namespace: default}
            spec: {selector: {app: httpbin}, ports: [{name: http, port: 8000, targetPort: 8080}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: httpbin-1, namespace: default, labels: {app: httpbin, security.istio.io/tlsMode: istio}}
            spec: {serviceAccountName: httpbin}
            status: {podIP: 10.0.0.1}
            """;
    private static final String FRONTEND = "spiffe://cluster.local/ns/default/sa/frontend";

    private static Simulation server(String yaml) {
        return Simulation.of(Yaml.of(WORKLOAD + yaml), Simulation.proxy("default", "httpbin-1", Map.of()));
    }

    private static String policy(String spec) {
        return policy("p", "default", spec);
    }

    private static String policy(String name, String namespace, String spec) {
        return """
                ---
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: %s, namespace: %s}
                spec:
                """.formatted(name, namespace) + spec.indent(2);
    }

    private static int asFrontend(Simulation server, String method, String path, String... headers) {
        return server.decide(Simulation.mutual(8080, FRONTEND), Simulation.request(method, "httpbin", path, headers));
    }

    @ParameterizedTest
    @CsvSource({
        "'from: [{source: {principals: [\"cluster.local/ns/default/sa/frontend\"]}}]', 200",
        "'from: [{source: {principals: [\"cluster.local/ns/default/sa/other\"]}}]', 403",
        "'from: [{source: {principals: [\"*/sa/frontend\"]}}]', 200",
        "'from: [{source: {principals: [\"cluster.local/ns/default/*\"]}}]', 200",
        "'from: [{source: {principals: [\"*\"]}}]', 200",
        "'from: [{source: {notPrincipals: [\"*\"]}}]', 403",
        "'from: [{source: {notPrincipals: [\"cluster.local/ns/default/sa/frontend\"]}}]', 403",
        "'from: [{source: {namespaces: [\"default\"]}}]', 200",
        "'from: [{source: {namespaces: [\"def*\"]}}]', 200",
        "'from: [{source: {namespaces: [\"defaul\"]}}]', 403",
        "'from: [{source: {notNamespaces: [\"default\"]}}]', 403",
        "'from: [{source: {serviceAccounts: [\"default/frontend\"]}}]', 200",
        "'from: [{source: {serviceAccounts: [\"frontend\"]}}]', 200",
        "'from: [{source: {serviceAccounts: [\"front.nd\"]}}]', 403",
        "'from: [{source: {ipBlocks: [\"10.244.0.0/16\"]}}]', 200",
        "'from: [{source: {ipBlocks: [\"10.1.0.0/16\"]}}]', 403",
        "'from: [{source: {notIpBlocks: [\"10.244.0.0/16\"]}}]', 403",
        "'from: [{source: {remoteIpBlocks: [\"192.0.2.0/24\"]}}]', 200",
        "'from: [{source: {remoteIpBlocks: [\"10.244.0.0/16\"]}}]', 403",
        "'from: [{source: {notRemoteIpBlocks: [\"192.0.2.0/24\"]}}]', 403",
        "'from: [{source: {trustDomains: [\"cluster.local\"]}}]', 200",
        "'from: [{source: {trustDomains: [\"cluster*\"]}}]', 200",
        "'from: [{source: {trustDomains: [\"clusterXlocal\"]}}]', 403",
        "'from: [{source: {notTrustDomains: [\"cluster.local\"]}}]', 403",
        "'from: [{source: {requestPrincipals: [\"*\"]}}]', 403",
        "'from: [{source: {notRequestPrincipals: [\"*\"]}}]', 200",
        "'from: [{source: {notServiceAccounts: [\"frontend\"]}}]', 403",
        "'to: [{operation: {paths: [\"/api/{*}\"]}}]', 200",
        "'to: [{operation: {paths: [\"/{*}/y\"]}}]', 403",
        "'to: [{operation: {paths: [\"/{**}\"]}}]', 200",
        "'to: [{operation: {notHosts: [\"HTTPBIN\"]}}]', 403",
        "'to: [{operation: {notPorts: [\"8080\"]}}]', 403",
        "'to: [{operation: {methods: [\"GET\"]}}]', 200",
        "'to: [{operation: {methods: [\"POST\"]}}]', 403",
        "'to: [{operation: {notMethods: [\"GET\"]}}]', 403",
        "'to: [{operation: {paths: [\"/api/*\"]}}]', 200",
        "'to: [{operation: {paths: [\"*/x\"]}}]', 200",
        "'to: [{operation: {paths: [\"/api\"]}}]', 403",
        "'to: [{operation: {notPaths: [\"/api/*\"]}}]', 403",
        "'to: [{operation: {hosts: [\"HTTPBIN\"]}}]', 200",
        "'to: [{operation: {ports: [\"8080\"]}}]', 200",
        "'to: [{operation: {ports: [\"8000\"]}}]', 403",
        "'when: [{key: \"request.headers[x-role]\", values: [\"adm*\"]}]', 200",
        "'when: [{key: \"request.headers[x-role]\", notValues: [\"admin\"]}]', 403",
        "'when: [{key: source.namespace, values: [\"default\"]}]', 200",
        "'when: [{key: destination.port, values: [\"8080\"]}]', 200",
        "'when: [{key: source.ip, values: [\"10.244.0.9\"]}]', 200",
        "'when: [{key: remote.ip, values: [\"192.0.2.7\"]}]', 200",
        "'when: [{key: remote.ip, notValues: [\"192.0.2.7\"]}]', 403",
        "'when: [{key: source.principal, values: [\"*/sa/frontend\"]}]', 200",
        "'when: [{key: source.serviceAccount, values: [\"default/frontend\"]}]', 200",
        "'when: [{key: source.trustDomain, values: [\"cluster.local\"]}]', 200",
        "'when: [{key: destination.ip, values: [\"10.0.0.0/24\"]}]', 200",
        "'when: [{key: connection.sni, values: [\"outbound_*\"]}]', 200",
        "'when: [{key: connection.sni, notValues: [\"*.svc.cluster.local\"]}]', 403",
        "'when: [{key: request.auth.principal, values: [\"*\"]}]', 403",
        "'when: [{key: request.auth.audiences, values: [\"*\"]}]', 403",
        "'when: [{key: request.auth.presenter, notValues: [\"*\"]}]', 200",
        "'when: [{key: \"request.auth.claims[a][b]\", values: [\"c\"]}]', 403"
    })
    void anAllowRuleLetsThroughWhatItMatches(String rule, int status) {
        Simulation server = server(policy("action: ALLOW\nrules:\n- {%s}\n".formatted(rule)));
        assertThat(asFrontend(server, "GET", "/api/x", "x-role: admin", "x-forwarded-for: 192.0.2.7"))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "'from: [{source: {somethingNew: [\"x\"]}}]'",
        "'to: [{operation: {somethingNew: [\"x\"]}}]'",
        "'when: [{key: \"experimental.envoy.filters.x[a]\", values: [\"b\"]}]'",
        "'when: [{key: something.new, values: [\"b\"]}]'"
    })
    void whatCannotBeHonouredAllowsNobodyAndDeniesEverybody(String rule) {
        assertThat(asFrontend(server(policy("action: ALLOW\nrules:\n- {%s}\n".formatted(rule))), "GET", "/"))
                .isEqualTo(403);
        assertThat(asFrontend(server(policy("action: DENY\nrules:\n- {%s}\n".formatted(rule))), "GET", "/"))
                .isEqualTo(403);
    }

    @Test
    void withoutAPolicyEverybodyMayCallAndWithAnEmptyOneNobody() {
        assertThat(asFrontend(server(""), "GET", "/")).isEqualTo(200);
        assertThat(asFrontend(server(policy("{}\n")), "GET", "/")).isEqualTo(403);
        assertThat(asFrontend(server(policy("rules: [{}]\n")), "GET", "/")).isEqualTo(200);
    }

    @Test
    void whatDeniesGoesBeforeWhatAllows() {
        Simulation server = server(policy("allow", "default", "rules: [{}]\n")
                + policy("deny", "default", "action: DENY\nrules: [{to: [{operation: {paths: [\"/admin*\"]}}]}]\n"));
        assertThat(asFrontend(server, "GET", "/x")).isEqualTo(200);
        assertThat(asFrontend(server, "GET", "/admin/x")).isEqualTo(403);
        assertThat(asFrontend(server, "GET", "/x/../admin/x")).isEqualTo(403);
    }

    @Test
    void customDeniesWhatItMatchesAndADryRunDoesNothing() {
        assertThat(asFrontend(server(policy("action: CUSTOM\nprovider: {name: x}\nrules: [{}]\n")), "GET", "/"))
                .isEqualTo(403);
        assertThat(asFrontend(server(policy("action: AUDIT\nrules: [{}]\n")), "GET", "/"))
                .isEqualTo(200);
    }

    @Test
    void aPolicyHoldsWhereItsSelectorAndNamespaceSay() {
        assertThat(asFrontend(server(policy("p", "default", "selector: {matchLabels: {app: other}}\n")), "GET", "/"))
                .isEqualTo(200);
        assertThat(asFrontend(server(policy("p", "default", "selector: {matchLabels: {app: httpbin}}\n")), "GET", "/"))
                .isEqualTo(403);
        assertThat(asFrontend(server(policy("p", "elsewhere", "{}\n")), "GET", "/"))
                .isEqualTo(200);
        assertThat(asFrontend(server(policy("p", "istio-system", "{}\n")), "GET", "/"))
                .isEqualTo(403);
    }

    @Test
    void aPolicyThatIsWrongDenies() {
        assertThat(asFrontend(server(policy("action: ALOW\nrules: [{}]\n")), "GET", "/"))
                .isEqualTo(403);
        assertThat(asFrontend(server(policy("rules: [{to: [{operation: {ports: [\"eighty\"]}}]}]\n")), "GET", "/"))
                .isEqualTo(403);
        assertThat(asFrontend(
                        server(policy("action: DENY\nrules: [{from: [{source: {ipBlocks: [\"10.0.0.0/99\"]}}]}]\n")),
                        "GET",
                        "/"))
                .isEqualTo(403);
    }

    @Test
    void aDryRunIsToldAndDecidesNothing() {
        Simulation server = server(
                """
                ---
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: dry, namespace: default, annotations: {istio.io/dry-run: "true"}}
                spec: {action: DENY, rules: [{}]}
                """ + policy("audit", "default", "action: AUDIT\nrules: [{to: [{operation: {methods: [GET]}}]}]\n"));

        assertThat(asFrontend(server, "GET", "/")).isEqualTo(200);
        assertThat(server.reports(Simulation.mutual(8080, FRONTEND), "GET", "/"))
                .containsExactly(
                        "AUDIT ns[default]-policy[audit]-rule[0] true",
                        "DRY_RUN ns[default]-policy[dry]-rule[0] false");
    }

    @ParameterizedTest
    @CsvSource({
        "cluster.local/ns/default/sa/frontend, 200",
        "old-td/ns/default/sa/frontend, 200",
        "mesh-td/ns/default/sa/frontend, 200",
        "*-td/ns/default/sa/frontend, 200",
        "eviltd/ns/default/sa/frontend, 403",
        "*/ns/default/sa/frontend, 200"
    })
    void aPrincipalOfOneTrustDomainIsThatOfEveryAlias(String principal, int status) {
        MeshSettings settings = MeshSettings.DEFAULT.withTrustDomain(
                new TrustDomain("mesh-td"), List.of(new TrustDomain("old-td"), new TrustDomain("older")));
        Simulation server = Simulation.of(
                Yaml.of(WORKLOAD + policy("rules: [{from: [{source: {principals: [\"" + principal + "\"]}}]}]\n")),
                settings,
                Simulation.proxy("default", "httpbin-1", Map.of()));

        for (String domain : List.of("mesh-td", "old-td")) {
            var caller = Simulation.mutual(8080, "spiffe://" + domain + "/ns/default/sa/frontend");
            assertThat(server.decide(caller, Simulation.request("GET", "httpbin", "/")))
                    .isEqualTo(status);
        }
        var stranger = Simulation.mutual(8080, "spiffe://evil/ns/default/sa/frontend");
        assertThat(server.decide(stranger, Simulation.request("GET", "httpbin", "/")))
                .isEqualTo(principal.startsWith("*/") ? 200 : 403);
    }

    @Test
    void aWorkloadWhoseTokensCannotBeCheckedDeniesAll() {
        assertThat(asFrontend(server("""
                ---
                apiVersion: security.istio.io/v1
                kind: RequestAuthentication
                metadata: {name: jwt, namespace: default}
                spec: {selector: {matchLabels: {app: httpbin}}, jwtRules: [{issuer: x}]}
                """), "GET", "/")).isEqualTo(403);
    }

    @Test
    void modesOfPeerAuthenticationDecideAboutConnections() {
        String mode = """
                ---
                apiVersion: security.istio.io/v1
                kind: PeerAuthentication
                metadata: {name: p, namespace: default}
                spec: {selector: {matchLabels: {app: httpbin}}, mtls: {mode: %s}, portLevelMtls: {9999: {mode: DISABLE}}}
                """;
        Simulation strict = server(mode.formatted("STRICT"));
        assertThat(strict.open(Simulation.plaintext(8080))).isEqualTo("refused");
        assertThat(strict.open(Simulation.tls(8080, "istio-http/1.1"))).isEqualTo("tls");
        assertThat(strict.open(Simulation.plaintext(9999))).isEqualTo("plaintext");

        Simulation permissive = server(mode.formatted("PERMISSIVE"));
        assertThat(permissive.open(Simulation.plaintext(8080))).isEqualTo("plaintext");
        assertThat(permissive.open(Simulation.tls(8080, "istio-http/1.1"))).isEqualTo("tls");

        assertThat(server(mode.formatted("DISABLE")).open(Simulation.plaintext(8080)))
                .isEqualTo("plaintext");
        assertThat(server(mode.formatted("STRIKT")).open(Simulation.plaintext(8080)))
                .as("a mode that is wrong")
                .isEqualTo("refused");
    }
}
