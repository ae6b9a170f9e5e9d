package io.inmesh.client.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.authz.Certainty;
import io.inmesh.client.authz.ForwardedFor;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.InboundPath;
import io.inmesh.client.authz.InboundRequest;
import io.inmesh.client.testing.Requests;
import io.inmesh.xds.model.CidrRange;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.rbac.MetadataMatch;
import io.inmesh.xds.model.rbac.Permission;
import io.inmesh.xds.model.rbac.Principal;
import io.inmesh.xds.model.rbac.ValueMatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundRulesTest {

    private static final InboundConnection FRONTEND =
            Requests.mutualTls(8080, "spiffe://cluster.local/ns/default/sa/frontend");

    private final List<String> unsupported = new ArrayList<>();
    private final InboundRules rules =
            new InboundRules("p", unsupported, new InboundRules.Layer(true, ForwardedFor.of(false, 0)));

    @Nested
    class Headers {

        @ParameterizedTest
        @CsvSource({
            "YES, x-role: admin, ",
            "NO, x-role: user, ",
            "NO, other: admin, ",
            // What any reading of the lines makes of it must not be lost.
            "UNKNOWN, x-role: user, x-role: admin",
            "UNKNOWN, x-role: admin, x-role: user",
            "UNKNOWN, 'x-role: user,admin', ",
            "UNKNOWN, 'x-role: user, admin', ",
            "UNKNOWN, x-role: admin, x-role: admin",
            "NO, x-role: user, x-role: guest",
            "NO, 'x-role: user,guest', "
        })
        void anExactValueIsCertainOnlyIfEveryReadingAgrees(Certainty expected, String first, String second) {
            MeshRequest request = second == null ? Requests.get("/", first) : Requests.get("/", first, second);

            assertThat(permission(header("x-role", false, false), request)).isEqualTo(expected);
            assertThat(permission(new Permission.Not(header("x-role", false, false)), request))
                    .isEqualTo(
                            expected == Certainty.YES
                                    ? Certainty.NO
                                    : expected == Certainty.NO ? Certainty.YES : Certainty.UNKNOWN);
        }

        @Test
        void anAbsentHeaderMatchesNeitherAValueNorItsInversion() {
            assertThat(permission(header("x-role", false, false), Requests.get("/")))
                    .isEqualTo(Certainty.NO);
            assertThat(permission(header("x-role", true, false), Requests.get("/")))
                    .isEqualTo(Certainty.NO);
            assertThat(permission(header("x-role", true, true), Requests.get("/")))
                    .isEqualTo(Certainty.YES);
            assertThat(permission(header("x-role", true, false), Requests.get("/", "x-role: user")))
                    .isEqualTo(Certainty.YES);
        }

        @ParameterizedTest
        @CsvSource({
            "YES, httpbin.foo",
            "YES, Httpbin.Foo",
            "UNKNOWN, httpbin.foo:80",
            "UNKNOWN, httpbin.foo.",
            "UNKNOWN, httpbin.foo:",
            "UNKNOWN, httpbin.foo.:8080",
            "NO, httpbin.bar",
            "NO, a@httpbin.foo",
            "NO, ''"
        })
        void aHostIsTheSameHostHoweverItIsWritten(Certainty expected, String authority) {
            Permission host = new Permission.Header(new HeaderMatch(
                    ":authority",
                    new HeaderMatch.Condition.Value(new StringMatch.Exact("httpbin.foo", true)),
                    false,
                    false));

            assertThat(permission(host, Requests.request("GET", authority, "/")))
                    .isEqualTo(expected);
        }

        private Permission header(String name, boolean invert, boolean missingAsEmpty) {
            return new Permission.Header(new HeaderMatch(
                    name,
                    new HeaderMatch.Condition.Value(new StringMatch.Exact("admin", false)),
                    invert,
                    missingAsEmpty));
        }
    }

    @Nested
    class Paths {

        @ParameterizedTest
        @CsvSource({
            "YES, /admin", "YES, /admin?x=1", "YES, /%61dmin", "YES, /x/../admin", "UNKNOWN, //admin",
            "UNKNOWN, /admin;a=b", "NO, /admin/", "NO, /Admin", "NO, /", "NO, /admin%20"
        })
        void aPathIsCertainOnlyIfEnvoyAndHandlerReadTheSame(Certainty expected, String path) {
            Permission admin = new Permission.UrlPath(new StringMatch.Exact("/admin", false));

            assertThat(permission(admin, Requests.get(path))).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "YES, /tmpl/a/x/",
            "YES, /tmpl/a/x/b/c",
            "YES, /tmpl/*/x/b",
            "NO, /tmpl/a/b/x/c",
            "UNKNOWN, /tmpl//y/x/b",
            "NO, /tmpl/a/x"
        })
        void aTemplatesStarIsOneSegmentAndTwoAreAny(Certainty expected, String path) {
            Permission template = new Permission.UriTemplate("/tmpl/*/x/**");

            assertThat(permission(template, Requests.get(path))).isEqualTo(expected);
        }

        @Test
        void aTemplateThatIsNoneIsNeverCertain() {
            assertThat(permission(new Permission.UriTemplate("/a*b"), Requests.get("/axb")))
                    .isEqualTo(Certainty.UNKNOWN);
            assertThat(unsupported).containsExactly("p.uri_template");
        }
    }

    @Nested
    class Callers {

        @ParameterizedTest
        @CsvSource({
            "YES, spiffe://cluster.local/ns/default/sa/frontend",
            "NO, spiffe://cluster.local/ns/default/sa/frontend2",
            "NO, spiffe://cluster.locals/ns/default/sa/frontend"
        })
        void aPrincipalIsTheCertificatesName(Certainty expected, String name) {
            assertThat(principal(new Principal.Authenticated(new StringMatch.Exact(name, false)), FRONTEND))
                    .isEqualTo(expected);
        }

        @Test
        void plaintextHasNoPrincipalWhateverAHeaderSays() {
            InboundConnection plain = Requests.plaintext(8080);

            assertThat(principal(new Principal.Authenticated(null), plain)).isEqualTo(Certainty.NO);
            assertThat(principal(new Principal.Authenticated(new StringMatch.Regex(".*")), plain))
                    .isEqualTo(Certainty.NO);
        }

        @Test
        void dotsInAnEscapedRegexAreLiteral() {
            StringMatch regex = new StringMatch.Regex("spiffe://.+/ns/default/(.+/|)sa/cert-manager\\.io(/.+)?");
            String base = "spiffe://cluster.local/ns/default/sa/";

            assertThat(principal(new Principal.Authenticated(regex), Requests.mutualTls(1, base + "cert-manager.io")))
                    .isEqualTo(Certainty.YES);
            assertThat(principal(new Principal.Authenticated(regex), Requests.mutualTls(1, base + "cert-managerXio")))
                    .isEqualTo(Certainty.NO);
        }

        @Test
        void aDirectAddressIsThePeersAndARemoteOneTheLastThatIsForwarded() throws Exception {
            CidrRange pods = new CidrRange(Requests.address("10.244.0.0", 0).getAddress(), 16);
            CidrRange outside =
                    new CidrRange(Requests.address("198.51.100.0", 0).getAddress(), 24);
            MeshRequest forwarded = Requests.get("/", "x-forwarded-for: 10.244.0.1, 198.51.100.7");
            MeshRequest nonsense = Requests.get("/", "x-forwarded-for: 198.51.100.7, localhost");

            assertThat(principal(new Principal.DirectRemoteIp(pods), forwarded)).isEqualTo(Certainty.YES);
            assertThat(principal(new Principal.RemoteIp(pods), forwarded)).isEqualTo(Certainty.NO);
            assertThat(principal(new Principal.RemoteIp(outside), forwarded)).isEqualTo(Certainty.YES);
            assertThat(principal(new Principal.RemoteIp(outside), nonsense)).isEqualTo(Certainty.NO);
        }

        private Certainty principal(Principal principal, InboundConnection connection) {
            return rules.principal(principal).matches(request(Requests.get("/"), connection));
        }

        private Certainty principal(Principal principal, MeshRequest head) {
            return rules.principal(principal).matches(request(head, FRONTEND));
        }
    }

    @Nested
    class Unsupported {

        private final Principal claim = new Principal.Metadata(new MetadataMatch(
                "envoy.filters.http.ext_authz",
                List.of("payload", "iss"),
                new ValueMatch.Text(new StringMatch.Regex(".+")),
                false));

        @Test
        void anotherFiltersMetadataIsNeverCertainInAnyPosition() {
            assertThat(principal(claim)).isEqualTo(Certainty.UNKNOWN);
            assertThat(principal(new Principal.Not(claim))).isEqualTo(Certainty.UNKNOWN);
            assertThat(principal(new Principal.Or(List.of(claim, new Principal.Not(new Principal.Any())))))
                    .isEqualTo(Certainty.UNKNOWN);
            assertThat(principal(new Principal.And(List.of(new Principal.Any(), claim))))
                    .isEqualTo(Certainty.UNKNOWN);
            assertThat(unsupported).hasSize(4).containsOnly("p.metadata");
        }

        @Test
        void whatIsDecidedWithoutItStaysDecided() {
            assertThat(principal(new Principal.Or(List.of(claim, new Principal.Any()))))
                    .isEqualTo(Certainty.YES);
            assertThat(principal(new Principal.And(List.of(claim, new Principal.Not(new Principal.Any())))))
                    .isEqualTo(Certainty.NO);
        }

        @Test
        void aRegexThatIsNoneAndAnUnknownKindAreReported() {
            Permission regex = new Permission.UrlPath(new StringMatch.Regex("((("));
            Permission other = new Permission.RequestedServerName(new StringMatch.Unsupported("custom"));

            assertThat(permission(regex, Requests.get("/"))).isEqualTo(Certainty.UNKNOWN);
            assertThat(permission(other, Requests.get("/"))).isEqualTo(Certainty.UNKNOWN);
            assertThat(permission(new Permission.Unsupported("matcher"), Requests.get("/")))
                    .isEqualTo(Certainty.UNKNOWN);
            assertThat(unsupported).containsExactly("p.url_path", "p.requested_server_name", "p.matcher");
        }

        private Certainty principal(Principal principal) {
            return rules.principal(principal).matches(request(Requests.get("/"), FRONTEND));
        }
    }

    private Certainty permission(Permission permission, MeshRequest head) {
        return rules.permission(permission).matches(request(head, FRONTEND));
    }

    private static InboundRequest request(MeshRequest head, InboundConnection connection) {
        return new InboundRequest(head, InboundPath.of(head.path()).orElseThrow(), connection);
    }
}
