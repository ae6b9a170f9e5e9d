package io.inmesh.test;

import static io.inmesh.test.MeshAssertions.assertThat;
import static io.inmesh.test.MeshCall.call;
import static io.inmesh.test.MeshCall.get;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyField;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@MeshConfig(
        namespace = "shop",
        caller = "storefront",
        services = {"reviews:9080 v1,v2", "ratings:9080"},
        yaml = MeshDecisionsTest.POLICIES)
class MeshDecisionsTest {

    static final String POLICIES = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: reviews, namespace: shop}
            spec:
              host: reviews
              subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
              trafficPolicy: {outlierDetection: {consecutive5xxErrors: 3, maxEjectionPercent: 100}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews, namespace: shop}
            spec:
              hosts: [reviews]
              http:
              - match: [{headers: {x-tier: {exact: gold}}}]
                route: [{destination: {host: reviews, subset: v2}}]
                timeout: 2s
                retries: {attempts: 2, retryOn: 5xx}
              - match: [{uri: {prefix: /old}}]
                redirect: {uri: /new}
              - route:
                - {destination: {host: reviews, subset: v1}, weight: 90}
                - {destination: {host: reviews, subset: v2}, weight: 10}
                retries: {attempts: 0}
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
              rules:
              - from: [{source: {principals: ["cluster.local/ns/shop/sa/storefront"]}}]
                to: [{operation: {methods: [GET]}}]
            """;

    @Test
    void aHeaderLeadsToASubset(MeshDecisions mesh) {
        assertThat(mesh)
                .routes(get("http://reviews:9080/x").header("x-tier", "gold"))
                .to("v2")
                .by("reviews")
                .withTimeout(Duration.ofSeconds(2))
                .withRetries(2);
    }

    @Test
    void aCanaryHasItsShare(MeshDecisions mesh) {
        assertThat(mesh).routes(get("http://reviews:9080/x")).toShares(Map.of("v1", 90, "v2", 10));
    }

    @Test
    void whatIsNotRoutedGoesToTheService(MeshDecisions mesh) {
        assertThat(mesh).routes(get("http://ratings:9080/")).to("ratings");
        assertThat(mesh).routes(get("http://reviews:9080/old")).repliesWith(301);
    }

    @Test
    void aFailureTellsWhy(MeshDecisions mesh) {
        assertThatThrownBy(() ->
                        assertThat(mesh).routes(get("http://reviews:9080/x")).to("v2"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET http://reviews:9080/x")
                .hasMessageContaining("header x-tier is absent");
    }

    @Test
    void authorizationIsDecidedAsTheCalledSideDecides(MeshDecisions mesh) {
        assertThat(mesh)
                .allows(get("http://reviews:9080/x").as("storefront"))
                .denies(call("DELETE", "http://reviews:9080/x").as("storefront"))
                .denies(get("http://reviews:9080/x").as("ratings"))
                .denies(get("http://reviews:9080/x"))
                .allows(get("http://ratings:9080/x").as("anybody"));
        assertThatThrownBy(() ->
                        assertThat(mesh).allows(get("http://reviews:9080/x").as("ratings")))
                .hasMessageContaining("rbac_access_denied_matched_policy[none]");
    }

    @Test
    void callsRunInVirtualTimeWithTheirAttempts(MeshDecisions mesh) {
        MeshResult result = mesh.call(get("http://reviews:9080/x").header("x-tier", "gold"), 503, 0, 200);

        Assertions.assertThat(result.status()).isEqualTo(200);
        Assertions.assertThat(result.attempts()).isEqualTo(3);
        Assertions.assertThat(result.subsets()).containsOnly("v2");
    }

    @Test
    void ejectionsAreRemembered(MeshDecisions mesh) {
        MeshCall gold = get("http://reviews:9080/x").header("x-tier", "gold");

        mesh.call(gold, 500);

        MeshResult next = mesh.call(gold, 200);
        Assertions.assertThat(next.status()).isEqualTo(503);
        Assertions.assertThat(next.body()).isEqualTo("no healthy upstream");
        Assertions.assertThat(next.flags()).contains(ResponseFlag.UH);
    }

    @Test
    void theApplicationsOwnPoliciesAreLaidOver(MeshDecisions mesh) {
        CallPolicy own = CallPolicy.builder("test")
                .set(PolicyField.TIMEOUT, "1s", "@MeshTimeout")
                .build();

        assertThat(mesh).routes(get("http://ratings:9080/").with(own)).withTimeout(Duration.ofSeconds(1));
        assertThat(mesh)
                .routes(get("http://reviews:9080/").header("x-tier", "gold").with(own))
                .withTimeout(Duration.ofSeconds(2));
    }

    @Test
    void mistakesAreToldWithTheirPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeshDecisions.builder()
                        .yaml(
                                "routes.yaml",
                                "apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: {hosts: 7}")
                        .build())
                .withMessageContaining("routes.yaml");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeshDecisions.builder().service("reviews").build())
                .withMessageContaining("reviews:9080 v1,v2");
    }
}
