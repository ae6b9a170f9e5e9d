package io.inmesh.client.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.http.LocalReply;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.Denial;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.PolicyReport;
import io.inmesh.client.authz.RbacFilter;
import io.inmesh.client.authz.RequestEdits;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.route.InboundSnapshot;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.Requests;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.listener.ForwardedClient.ForwardClientCert;
import io.inmesh.xds.model.listener.HttpFilter;
import io.inmesh.xds.model.rbac.Permission;
import io.inmesh.xds.model.rbac.Principal;
import io.inmesh.xds.model.rbac.Rbac;
import io.inmesh.xds.model.rbac.RbacPolicy;
import io.inmesh.xds.model.rbac.RbacRules;
import io.inmesh.xds.model.rbac.RbacRules.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InboundPipelineTest {

    private static final int PORT = 8080;
    private static final String FRONTEND = "spiffe://cluster.local/ns/default/sa/frontend";
    private static final InboundConnection MUTUAL = Requests.mutualTls(PORT, FRONTEND);
    private static final InboundConnection PLAIN = Requests.plaintext(PORT);
    private static final String HTTPBIN = "ns[default]-policy[httpbin-policy]-rule[0]";

    private final InboundHolder holder = new InboundHolder();
    private final InboundPipeline pipeline =
            new InboundPipeline(holder, settings -> Optional.of(context().createSSLEngine()), null, MeshClock.system());

    @Nested
    class Connections {

        @Test
        void areRefusedBeforeTheFirstSnapshotAndAfterAnEmptyOne() {
            assertThat(pipeline.open(PLAIN)).isInstanceOf(InboundOpening.Refused.class);
            assertThat(pipeline.decide(PLAIN, Requests.get("/"))).isInstanceOf(InboundDecision.Close.class);

            holder.publish(InboundSnapshot.EMPTY);

            assertThat(pipeline.open(PLAIN)).isInstanceOf(InboundOpening.Refused.class);
            assertThat(pipeline.decide(MUTUAL, Requests.get("/"))).isInstanceOf(InboundDecision.Close.class);
        }

        @Test
        void areRefusedWithoutAnIdentity() {
            holder.publish(InboundListeners.strict(PORT));

            assertThat(new InboundPipeline(holder, settings -> Optional.empty(), null, MeshClock.system()).open(MUTUAL))
                    .isEqualTo(new InboundOpening.Refused("this workload has no identity yet"));
        }

        @Test
        void ofTlsWithoutAProvedPeerCarryNoRequests() {
            holder.publish(InboundListeners.strict(PORT));
            InboundConnection unproved =
                    InboundConnection.tls(MUTUAL.local(), MUTUAL.remote(), null, List.of("istio-http/1.1"));

            assertThat(pipeline.decide(unproved, Requests.get("/"))).isInstanceOf(InboundDecision.Close.class);
        }
    }

    @Nested
    class Policies {

        @ParameterizedTest
        @CsvSource({"GET, /api/x, true", "POST, /api/x, true", "DELETE, /api/x, false", "GET, /other, false"})
        void anAllowPolicyLetsThroughWhatItNamesAndNothingElse(String method, String path, boolean allowed) {
            holder.publish(InboundListeners.strict(PORT, rbac(Action.ALLOW, httpbinPolicy())));

            InboundDecision decision = decide(MUTUAL, Requests.request(method, "httpbin", path));

            assertThat(decision instanceof InboundDecision.Proceed).isEqualTo(allowed);
        }

        @Test
        void aDenialIsEnvoysAnswerAndNamesThePolicyToUsOnly() {
            holder.publish(InboundListeners.permissive(PORT, rbac(Action.DENY, httpbinPolicy())));

            InboundDecision.Reply denied = (InboundDecision.Reply) decide(MUTUAL, Requests.get("/api/x"));

            assertThat(denied.reply())
                    .isEqualTo(new LocalReply(
                            403,
                            List.of(Map.entry("content-type", "text/plain")),
                            "RBAC: access denied",
                            null,
                            "rbac_access_denied_matched_policy[" + HTTPBIN + "]"));
            assertThat(denied.denial())
                    .isEqualTo(new Denial("envoy.filters.http.rbac", HTTPBIN, "a DENY policy matched", denied.reply()));
            assertThat(decide(PLAIN, Requests.get("/api/x"))).isInstanceOf(InboundDecision.Proceed.class);
        }

        @Test
        void anAllowFilterWithoutPoliciesDeniesAllAndOneWithoutRulesNothing() {
            holder.publish(InboundListeners.strict(PORT, rbac(Action.ALLOW, Map.of())));
            assertThat(decide(MUTUAL, Requests.get("/"))).isInstanceOf(InboundDecision.Reply.class);

            holder.publish(
                    InboundListeners.strict(PORT, new HttpFilter.HttpRbac("rbac", false, new Rbac(null, null, ""))));
            assertThat(decide(MUTUAL, Requests.get("/"))).isInstanceOf(InboundDecision.Proceed.class);
        }

        @Test
        void aDenyPolicyStrikesBeforeAnAllowPolicyIsAsked() {
            holder.publish(InboundListeners.strict(
                    PORT,
                    rbac(Action.DENY, Map.of("deny", policy(new Permission.Any(), new Principal.Any()))),
                    rbac(Action.ALLOW, Map.of("allow", policy(new Permission.Any(), new Principal.Any())))));

            assertThat(((InboundDecision.Reply) decide(MUTUAL, Requests.get("/")))
                            .denial()
                            .policy())
                    .isEqualTo("deny");
        }

        @ParameterizedTest
        @EnumSource(
                value = Action.class,
                names = {"ALLOW", "DENY", "UNSUPPORTED"})
        void aPolicyThatCannotBeJudgedDeniesWhateverItsActionAndHoweverItIsNegated(Action action) {
            Principal unknown = new Principal.Unsupported("x");
            for (Principal principal : List.of(unknown, new Principal.Not(unknown))) {
                holder.publish(InboundListeners.strict(
                        PORT, rbac(action, Map.of("p", policy(new Permission.Any(), principal)))));
                assertThat(decide(MUTUAL, Requests.get("/"))).isInstanceOf(InboundDecision.Reply.class);
            }
            holder.publish(InboundListeners.strict(
                    PORT,
                    rbac(
                            action,
                            Map.of(
                                    "p",
                                    new RbacPolicy(
                                            List.of(new Permission.Any()),
                                            List.of(new Principal.Any()),
                                            List.of("condition"))))));
            assertThat(decide(MUTUAL, Requests.get("/"))).isInstanceOf(InboundDecision.Reply.class);
        }

        @Test
        void auditAndDryRunReportAndDecideNothing() {
            Map<String, RbacPolicy> all = Map.of("p", policy(new Permission.Any(), new Principal.Any()));
            Rbac dryRun = new Rbac(null, new RbacRules(Action.DENY, all), "istio_dry_run_deny_");
            holder.publish(InboundListeners.strict(
                    PORT, rbac(Action.LOG, all), new HttpFilter.HttpRbac("rbac", false, dryRun)));

            InboundDecision.Proceed proceed = (InboundDecision.Proceed) decide(MUTUAL, Requests.get("/"));

            assertThat(proceed.reports())
                    .containsExactly(
                            new PolicyReport(PolicyReport.Kind.AUDIT, RbacFilter.Action.LOG, "p", true),
                            new PolicyReport(PolicyReport.Kind.DRY_RUN, RbacFilter.Action.DENY, "p", false));
        }

        @Test
        void aSecurityFilterThatWeDoNotRunDeniesAndAnyOtherIsPassedOver() {
            holder.publish(InboundListeners.strict(
                    PORT, new HttpFilter.Other("envoy.filters.http.ext_authz", false, "type", true)));
            assertThat(((InboundDecision.Reply) decide(MUTUAL, Requests.get("/")))
                            .denial()
                            .filter())
                    .isEqualTo("envoy.filters.http.ext_authz");

            holder.publish(InboundListeners.strict(
                    PORT, new HttpFilter.Other("envoy.filters.http.grpc_stats", false, "type", false)));
            assertThat(decide(MUTUAL, Requests.get("/"))).isInstanceOf(InboundDecision.Proceed.class);
        }
    }

    @Nested
    class ForwardedCertificate {

        private static final String OWN =
                "By=spiffe://cluster.local/ns/default/sa/httpbin;Hash=00ff;Subject=\"O=\\\"x\\\"\";URI=" + FRONTEND;
        private static final String FORGED = "URI=spiffe://cluster.local/ns/default/sa/admin";

        @ParameterizedTest
        @EnumSource(ForwardClientCert.class)
        void isNeverBelievedOfPlaintext(ForwardClientCert setting) {
            assertThat(forwarded(setting, PLAIN)).isNull();
        }

        @Test
        void followsTheSettingOnMutualTls() {
            assertThat(forwarded(ForwardClientCert.SANITIZE, MUTUAL)).isNull();
            assertThat(forwarded(ForwardClientCert.SANITIZE_SET, MUTUAL)).isEqualTo(OWN);
            assertThat(forwarded(ForwardClientCert.APPEND_FORWARD, MUTUAL)).isEqualTo(FORGED + "," + OWN);
            assertThat(forwarded(ForwardClientCert.FORWARD_ONLY, MUTUAL)).isEqualTo(FORGED);
        }

        private @Nullable String forwarded(ForwardClientCert setting, InboundConnection connection) {
            var chains = new io.inmesh.xds.model.listener.FilterChain[] {
                InboundListeners.chain(
                        InboundListeners.match(PORT, "tls"),
                        InboundListeners.mutualTls(),
                        InboundListeners.http(setting)),
                InboundListeners.chain(
                        InboundListeners.match(PORT, "raw_buffer"),
                        new io.inmesh.xds.model.tls.TransportSocket.Raw(),
                        InboundListeners.http(setting))
            };
            holder.publish(InboundListeners.compiled(chains));
            MeshRequest request = Requests.get("/", "x-forwarded-client-cert: " + FORGED);
            return ((InboundDecision.Proceed) decide(connection, request))
                    .headers()
                    .forwardedClientCert();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x-envoy-original-path, true, true",
        "x-envoy-upstream-rq-timeout-ms, true, false",
        "x-envoy-attempt-count, true, false",
        "x-envoy-peer-metadata, true, true",
        "x-envoy-peer-metadata-id, true, true",
        "x-forwarded-client-cert, true, true",
        "x-forwarded-for, false, false",
        "x-role, false, false"
    })
    void headersThatSteerAProxyAreTakenFromTheUntrusted(String name, boolean ofPlaintext, boolean ofPeers) {
        assertThat(new InboundHeaders(false, null, RequestEdits.NONE).drops(name))
                .isEqualTo(ofPlaintext);
        assertThat(new InboundHeaders(true, null, RequestEdits.NONE).drops(name))
                .isEqualTo(ofPeers);
    }

    @Test
    void aPathWithoutOneMeaningIsAnsweredWith400() {
        holder.publish(InboundListeners.strict(PORT));

        InboundDecision.Reply reply = (InboundDecision.Reply) decide(MUTUAL, Requests.get("/a/..;x/b"));

        assertThat(reply.reply().status()).isEqualTo(400);
    }

    private InboundDecision decide(InboundConnection connection, MeshRequest request) {
        return pipeline.decide(connection, request);
    }

    private static HttpFilter rbac(Action action, Map<String, RbacPolicy> policies) {
        return new HttpFilter.HttpRbac(
                "envoy.filters.http.rbac", false, new Rbac(new RbacRules(action, policies), null, ""));
    }

    private static RbacPolicy policy(Permission permission, Principal principal) {
        return new RbacPolicy(List.of(permission), List.of(principal), List.of());
    }

    /** What the tutorial's policy becomes. */
    private static Map<String, RbacPolicy> httpbinPolicy() {
        Permission permission = new Permission.And(List.of(
                new Permission.Or(List.of(method("GET"), method("POST"))),
                new Permission.Or(List.of(new Permission.UrlPath(new StringMatch.Prefix("/api/", false))))));
        Principal principal = new Principal.Authenticated(new StringMatch.Exact(FRONTEND, false));
        return Map.of(HTTPBIN, policy(permission, principal));
    }

    private static Permission method(String method) {
        return new Permission.Header(new io.inmesh.xds.model.HeaderMatch(
                ":method",
                new io.inmesh.xds.model.HeaderMatch.Condition.Value(new StringMatch.Exact(method, false)),
                false,
                false));
    }

    private static SSLContext context() {
        try {
            return SSLContext.getDefault();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
