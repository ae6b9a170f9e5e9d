package io.inmesh.client.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.CallReport;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.Policies;
import io.inmesh.client.testing.RawHttp;
import io.inmesh.client.testing.Tls;
import io.inmesh.testkit.TestPki;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.rbac.Permission;
import io.inmesh.xds.model.rbac.Principal;
import io.inmesh.xds.wire.Struct;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that have fooled other meshes, as bytes on a socket. */
@ParameterizedClass
@EnumSource(ServerKind.class)
class AttackInputsTest {

    private static final String FRONTEND = "spiffe://cluster.local/ns/default/sa/frontend";
    private static final String[] ISTIO = {"istio-http/1.1", "istio", "http/1.1"};

    private final TestPki pki = TestPki.create();
    private final WorkloadIdentity frontend = pki.identity("default", "frontend");
    private final MeshedServer server;

    AttackInputsTest(ServerKind kind) {
        server = kind.start(pki.identity("default", "httpbin"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void onlyTheNamedCallerIsServedAndTheOtherIsToldNoMoreThanEnvoyTells() throws Exception {
        server.with(port ->
                InboundListeners.strict(port, Policies.allow(Policies.pathPrefix("/api/"), Policies.caller(FRONTEND))));
        WorkloadIdentity other = pki.identity("default", "frontend2");

        try (RawHttp http = new RawHttp(Tls.connect(server.port(), frontend, ISTIO))) {
            assertThat(http.get("/api/x")).contains("served");
            assertThat(http.get("/other")).startsWith("HTTP/1.1 403").endsWith("\r\n\r\nRBAC: access denied");
            assertThat(http.get("/api/y")).as("the connection lives on").contains("served");
        }
        try (RawHttp http = new RawHttp(Tls.connect(server.port(), other, ISTIO))) {
            String denied = http.get("/api/x");
            assertThat(denied)
                    .startsWith("HTTP/1.1 403")
                    .contains("Content-Type: text/plain", "Content-Length: 19")
                    .endsWith("\r\n\r\nRBAC: access denied")
                    .doesNotContain("policy", "frontend");
        }
        assertThat(server.requests).hasValue(2);
    }

    @Test
    void plaintextYieldsNoPrincipalWhateverItsHeadersSay() throws Exception {
        server.with(port -> InboundListeners.permissive(
                port, Policies.allow(new Permission.Any(), new Principal.Authenticated(new StringMatch.Regex(".*")))));

        try (RawHttp http = RawHttp.plaintext(server.port())) {
            assertThat(http.get(
                            "/",
                            "x-forwarded-client-cert: URI=" + FRONTEND,
                            "x-envoy-peer-metadata-id: sidecar~1.1.1.1~frontend.default~default.svc.cluster.local",
                            "x-envoy-internal: true",
                            "x-forwarded-for: 127.0.0.1"))
                    .startsWith("HTTP/1.1 403");
        }
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void forgedHeadersNeverReachTheApplication() throws Exception {
        server.with(InboundListeners::permissive);
        String[] forged = {
            "X-Forwarded-Client-Cert: URI=spiffe://cluster.local/ns/a/sa/admin",
            "x-forwarded-client-cert: By=x;URI=spiffe://cluster.local/ns/b/sa/admin",
            "x-Envoy-Original-Path: /admin",
            "x-envoy-peer-metadata: AAAA",
            "X-ENVOY-RETRY-ON: 5xx",
            "x-keep: me"
        };

        try (RawHttp plain = RawHttp.plaintext(server.port());
                RawHttp mutual = new RawHttp(Tls.connect(server.port(), frontend, ISTIO))) {
            assertThat(plain.get("/", forged).toLowerCase(java.util.Locale.ROOT))
                    .contains("served", "x-keep: me")
                    .doesNotContain("x-forwarded-client-cert", "x-envoy", "admin");
            String seen = mutual.get("/", forged).toLowerCase(java.util.Locale.ROOT);
            assertThat(seen)
                    .contains("served", "x-keep: me", "x-envoy-retry-on: 5xx", ";uri=" + FRONTEND)
                    .doesNotContain("x-envoy-original-path", "x-envoy-peer-metadata");
            assertThat(seen.lines().filter(line -> line.startsWith("x-forwarded-client-cert")))
                    .singleElement()
                    .asString()
                    .doesNotContain("|");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-role: user\r\nx-role: admin\r\n",
                "x-role: admin\r\nX-Role: user\r\n",
                "x-role: user,admin\r\n",
                "X-ROLE: admin\r\n",
                "x-role:  admin \r\n",
                "Connection: x-role\r\nx-role: admin\r\n",
                "x-role: admin\r\nContent-Length: 0\r\n"
            })
    void aDeniedHeaderIsFoundHoweverItIsWritten(String headers) throws Exception {
        server.with(port -> InboundListeners.permissive(port, Policies.deny(Policies.headerIs("x-role", "admin"))));

        try (RawHttp http = RawHttp.plaintext(server.port())) {
            assertThat(http.exchange("GET / HTTP/1.1\r\nHost: httpbin\r\n" + headers + "\r\n"))
                    .startsWith("HTTP/1.1 403");
        }
        assertThat(server.requests).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /x HTTP/1.1\r\n\r\n",
                "GET http://other/x HTTP/1.1\r\nHost: httpbin\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a@b\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
                "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5,5\r\n\r\nhello",
                "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET Service/Method HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n"
            })
    void whatHasTwoMeaningsIsNotServed(String request) throws Exception {
        server.with(InboundListeners::permissive);

        try (RawHttp http = RawHttp.plaintext(server.port())) {
            assertThat(http.exchange(request)).doesNotContain("served").startsWith("HTTP/1.1 ");
        }
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void theBodyOfADeniedRequestIsNotTakenForTheNextRequest() throws Exception {
        server.with(port -> InboundListeners.permissive(port, Policies.deny(Policies.pathPrefix("/admin"))));
        String smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

        try (RawHttp http = RawHttp.plaintext(server.port())) {
            String denied = http.exchange(
                    "POST /admin HTTP/1.1\r\nHost: a\r\nContent-Length: " + smuggled.length() + "\r\n\r\n" + smuggled);
            assertThat(denied).startsWith("HTTP/1.1 403");
            assertThat(http.get("/next")).contains("uri=/next");
        }
        assertThat(server.requests).hasValue(1);
    }

    @Test
    void reportsNameThePeerThatTlsProvedAndTheReasonOfADenial() throws Exception {
        server.with(port -> InboundListeners.permissive(port, Policies.deny(Policies.pathPrefix("/admin"))));

        try (RawHttp mutual = new RawHttp(Tls.connect(server.port(), frontend, ISTIO));
                RawHttp plain = RawHttp.plaintext(server.port())) {
            mutual.get("/a");
            CallReport served = server.calls.next();
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.mutualTls()).isTrue();
            assertThat(served.peer().principal()).isEqualTo(FRONTEND);
            assertThat(served.peer().namespace()).isEqualTo("default");

            String metadata = Base64.getEncoder()
                    .encodeToString(Struct.of(Map.of(
                                    "WORKLOAD_NAME",
                                    "frontend-v1",
                                    "NAMESPACE",
                                    "kube-system",
                                    "LABELS",
                                    Map.of("app", "frontend", "service.istio.io/canonical-name", "shop")))
                            .toBytes());
            assertThat(mutual.get("/b", "x-envoy-peer-metadata: " + metadata)).doesNotContain("peer-metadata");
            CallReport told = server.calls.next();
            assertThat(told.peer().name()).isEqualTo("frontend-v1");
            assertThat(told.peer().canonicalService()).isEqualTo("shop");
            assertThat(told.peer().namespace())
                    .as("the certificate's, whatever it says")
                    .isEqualTo("default");

            plain.get("/c", "x-envoy-peer-metadata: " + metadata);
            assertThat(server.calls.next().peer().name()).as("nobody proved it").isEmpty();
            mutual.get("/d", "x-envoy-peer-metadata: !!!");
            assertThat(server.calls.next().peer().name()).isEmpty();

            mutual.get("/async");
            assertThat(server.calls.next().status()).isEqualTo(200);

            plain.get("/admin");
            CallReport denied = server.calls.next();
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.mutualTls()).isFalse();
            assertThat(denied.peer().principal()).isEmpty();
            assertThat(denied.details()).isEqualTo("rbac_access_denied_matched_policy[policy]");
        }
        assertThat(server.calls.waiting()).isZero();
    }
}
