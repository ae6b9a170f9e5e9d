package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.authz.InboundConnection;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.JwtRule;
import io.inmesh.control.config.KeyAddress;
import io.inmesh.control.config.RequestAuthentication;
import io.inmesh.control.config.Yaml;
import io.inmesh.testkit.TestTokens;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RequestAuthentication and claims in AuthorizationPolicy, from YAML to the client's decision. */
class TokensTest {

    private static final String WORKLOAD = """
            apiVersion: v1
            kind: Service
            metadata: {name: api, namespace: default}
            spec: {selector: {app: api}, ports: [{name: http, port: 80, targetPort: 8080}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: api-1, namespace: default, labels: {app: api}}
            spec: {serviceAccountName: api}
            status: {podIP: 10.0.0.1}
            ---
            """;
    private static final TestTokens A = TestTokens.rsa("a");
    private static final TestTokens B = TestTokens.ec("b");
    private static final InboundConnection CALLER = Simulation.plaintext(8080);

    private static String authentication(String rules) {
        return """
                apiVersion: security.istio.io/v1
                kind: RequestAuthentication
                metadata: {name: jwt, namespace: default}
                spec:
                  selector: {matchLabels: {app: api}}
                  jwtRules:
                %s
                """.formatted(rules.indent(2));
    }

    private static String inline(String issuer, TestTokens keys) {
        return "- {issuer: \"" + issuer + "\", jwks: '" + keys.jwks() + "'}\n";
    }

    private static String allow(String rule) {
        return """
                ---
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: p, namespace: default}
                spec: {action: ALLOW, rules: [{%s}]}
                """.formatted(rule);
    }

    private static Simulation server(String yaml) {
        return server(Yaml.of(WORKLOAD + yaml), Map.of());
    }

    private static Simulation server(ConfigSnapshot config, Map<KeyAddress, String> keys) {
        assertThat(config.problems()).isEmpty();
        return Simulation.of(config, keys, Simulation.proxy("default", "api-1", Map.of()));
    }

    private static int with(Simulation server, String token) {
        return server.decide(CALLER, Simulation.request("GET", "api", "/", "authorization: Bearer " + token));
    }

    private static int without(Simulation server) {
        return server.decide(CALLER, Simulation.request("GET", "api", "/"));
    }

    @Test
    void aTokenOfAnyIssuerPassesNoneDoesTooAndABadOneDoesNot() {
        Simulation server = server(authentication(inline("https://b", B) + inline("https://a", A)));

        assertThat(without(server)).isEqualTo(200);
        assertThat(with(server, A.token("{\"iss\":\"https://a\"}"))).isEqualTo(200);
        assertThat(with(server, B.token("{\"iss\":\"https://b\"}"))).isEqualTo(200);
        assertThat(with(server, A.token("{\"iss\":\"https://b\"}"))).isEqualTo(401);
        assertThat(with(server, A.token("{\"iss\":\"https://c\"}"))).isEqualTo(401);
    }

    @Test
    void aTokenThatIsRequiredMayNotBeMissing() {
        Simulation server =
                server(authentication("- {issuer: \"https://a\", presence: REQUIRED, jwks: '" + A.jwks() + "'}\n"));

        assertThat(without(server)).isEqualTo(401);
        assertThat(with(server, A.token("{\"iss\":\"https://a\"}"))).isEqualTo(200);
    }

    @Test
    void keysThatAreElsewhereAreThoseThatCame() {
        ConfigSnapshot config =
                Yaml.of(WORKLOAD + authentication("- {issuer: \"https://a\", jwksUri: \"https://a/keys\"}\n"));
        KeyAddress address = config.of(RequestAuthentication.class).get(0).rules().stream()
                .map(JwtRule::address)
                .findFirst()
                .orElseThrow()
                .orElseThrow();
        String token = A.token("{\"iss\":\"https://a\"}");

        assertThat(with(server(config, Map.of()), token)).as("not come yet").isEqualTo(401);
        assertThat(without(server(config, Map.of()))).isEqualTo(200);
        assertThat(with(server(config, Map.of(address, A.jwks())), token)).isEqualTo(200);
        assertThat(with(server(config, Map.of(address, B.jwks())), token)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from: [{source: {requestPrincipals: ['*']}}]|200",
                "from: [{source: {requestPrincipals: ['https://a/me']}}]|200",
                "from: [{source: {requestPrincipals: ['https://a/*']}}]|200",
                "from: [{source: {requestPrincipals: ['https://a/m*']}}]|200",
                "from: [{source: {requestPrincipals: ['*/me']}}]|200",
                "from: [{source: {requestPrincipals: ['*//a/me']}}]|200",
                "from: [{source: {requestPrincipals: ['*me']}}]|200",
                "from: [{source: {requestPrincipals: ['https*']}}]|200",
                "from: [{source: {requestPrincipals: ['https://b/*']}}]|403",
                "from: [{source: {requestPrincipals: ['https://a/you']}}]|403",
                "from: [{source: {notRequestPrincipals: ['https://a/me']}}]|403",
                "when: [{key: request.auth.principal, values: ['https://a/me']}]|200",
                "when: [{key: request.auth.audiences, values: ['mesh']}]|200",
                "when: [{key: request.auth.audiences, values: ['me*']}]|200",
                "when: [{key: request.auth.audiences, values: ['x']}]|403",
                "when: [{key: request.auth.presenter, values: ['app']}]|200",
                "when: [{key: 'request.auth.claims[groups]', values: ['x', 'staff']}]|200",
                "when: [{key: 'request.auth.claims[groups]', values: ['x']}]|403",
                "when: [{key: 'request.auth.claims[groups]', notValues: ['staff']}]|403",
                "when: [{key: 'request.auth.claims[nested][level]', values: ['9']}]|200",
                "when: [{key: 'request.auth.claims[nested][other]', values: ['*']}]|403",
                "when: [{key: 'request.auth.claims[scope]', values: ['write']}]|200",
                "when: [{key: 'request.auth.claims[scope]', values: ['read write']}]|403"
            })
    void policiesSeeClaims(String rule, int status) {
        Simulation server = server(authentication(inline("https://a", A)) + allow(rule));
        String token = A.token("{\"iss\":\"https://a\",\"sub\":\"me\",\"aud\":[\"other\",\"mesh\"],\"azp\":\"app\","
                + "\"groups\":[\"admin\",\"staff\"],\"nested\":{\"level\":\"9\"},\"scope\":\"read write\"}");

        assertThat(with(server, token)).isEqualTo(status);
    }
}
