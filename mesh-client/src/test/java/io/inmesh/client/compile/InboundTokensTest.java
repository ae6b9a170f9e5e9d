package io.inmesh.client.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.pipeline.InboundDecision;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.Requests;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TestTokens;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.jwt.JwtAuthentication;
import io.inmesh.xds.model.jwt.JwtProvider;
import io.inmesh.xds.model.jwt.JwtRequirement;
import io.inmesh.xds.model.listener.HttpFilter;
import io.inmesh.xds.model.rbac.MetadataMatch;
import io.inmesh.xds.model.rbac.Permission;
import io.inmesh.xds.model.rbac.Principal;
import io.inmesh.xds.model.rbac.Rbac;
import io.inmesh.xds.model.rbac.RbacPolicy;
import io.inmesh.xds.model.rbac.RbacRules;
import io.inmesh.xds.model.rbac.ValueMatch;
import io.inmesh.xds.model.route.PathMatch;
import io.inmesh.xds.model.route.RouteMatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens, from the listener's settings to the decision; {@code conformance} compares the same with a real Envoy. */
class InboundTokensTest {

    private static final String ISSUER = "https://issuer.example.com";
    private static final TestTokens ISSUED = TestTokens.rsa("k1");
    private static final TestTokens FORGED = TestTokens.rsa("k1");
    private static final TestTokens EC = TestTokens.ec("e1");

    private final FakeClock clock = new FakeClock();
    private final InboundHolder holder = new InboundHolder();
    private final InboundPipeline pipeline = new InboundPipeline(holder, settings -> Optional.empty(), null, clock);

    @Test
    void noTokenPassesAndABadOneDoesNot() {
        publish(provider(ISSUED.jwks(), output(false)));

        assertThat(decide(Requests.get("/"))).isEqualTo("passed");
        assertThat(decide(bearer(ISSUED.token(claims(""))))).isEqualTo("passed");
        assertThat(decide(bearer(FORGED.token(claims(""))))).isEqualTo("401 Jwt verification fails");
        assertThat(decide(bearer("nonsense")))
                .isEqualTo("401 Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections");
        assertThat(decide(bearer(EC.token(claims("")))))
                .isEqualTo("401 Jwks doesn't have key to match kid or alg from Jwt");
    }

    @ParameterizedTest
    @CsvSource({"-61, 401 Jwt is expired", "-60, passed", "0, passed"})
    void aTokenExpiresAfterTheSkew(long offset, String expected) {
        publish(provider(ISSUED.jwks(), output(false)));
        long exp = clock.now().getEpochSecond() + offset;

        assertThat(decide(bearer(ISSUED.token(claims(",\"exp\":" + exp))))).isEqualTo(expected);
    }

    @Test
    void aTokenThatWasVerifiedBeforeExpiresAllTheSame() {
        publish(provider(ISSUED.jwks(), output(false)));
        MeshRequest request =
                bearer(ISSUED.token(claims(",\"exp\":" + (clock.now().getEpochSecond() + 10))));

        assertThat(decide(request)).isEqualTo("passed");
        clock.advance(Duration.ofSeconds(71));
        assertThat(decide(request)).isEqualTo("401 Jwt is expired");
    }

    @Test
    void theTokenIsTakenAwayAndItsClaimsArePutInWhateverTheCallerSaid() {
        publish(provider(
                ISSUED.jwks(),
                new JwtProvider.Output(
                        false, "x-payload", "payload", List.of(), Map.of("x-sub", "sub", "x-level", "nested.level"))));
        String token = ISSUED.token(claims(",\"sub\":\"me\",\"nested\":{\"level\":3}"));

        InboundDecision.Proceed proceed = (InboundDecision.Proceed) pipeline.decide(
                Requests.plaintext(8080),
                Requests.get("/a?b=1", "authorization: Bearer " + token, "x-sub: admin", "x-payload: forged"));

        assertThat(proceed.headers().drops("authorization")).isTrue();
        assertThat(proceed.headers().drops("x-sub")).isTrue();
        assertThat(proceed.headers().drops("x-payload")).isTrue();
        assertThat(proceed.headers().edits().added())
                .containsExactlyInAnyOrder(
                        Map.entry("x-payload", token.split("\\.", -1)[1]),
                        Map.entry("x-sub", "me"),
                        Map.entry("x-level", "3"));
        InboundDecision.Proceed without =
                (InboundDecision.Proceed) pipeline.decide(Requests.plaintext(8080), Requests.get("/", "x-sub: admin"));
        assertThat(without.headers().drops("x-sub"))
                .as("forged without any token")
                .isTrue();
    }

    @Test
    void aParameterThatWasATokenIsTakenOutOfTheQueryAndTheRestStaysAsItWas() {
        publish(provider(ISSUED.jwks(), output(false)));
        String token = ISSUED.token(claims(""));

        InboundDecision.Proceed proceed = (InboundDecision.Proceed)
                pipeline.decide(Requests.plaintext(8080), Requests.get("/a?x=%20y&access%5Ftoken=" + token + "&z"));

        assertThat(proceed.target()).isEqualTo("/a?x=%20y&z");
        assertThat(decide(Requests.get("/a?access_token=" + token + "&access_token=nonsense")))
                .startsWith("401");
    }

    @Test
    void policiesSeeTheClaimsOfValidTokensOnly() {
        Principal staff =
                claim(new ValueMatch.OneOf(new ValueMatch.Text(new StringMatch.Exact("staff", false))), "groups");
        holder.publish(InboundCompiler.compile(
                        List.of(InboundListeners.listener(InboundListeners.chain(
                                InboundListeners.match(8080, "raw_buffer"),
                                new io.inmesh.xds.model.tls.TransportSocket.Raw(),
                                InboundListeners.http(jwt(provider(ISSUED.jwks(), output(true))), rbac(staff))))),
                        clock,
                        KeySources.NONE)
                .snapshot());

        assertThat(decide(bearer(ISSUED.token(claims(",\"groups\":[\"a\",\"staff\"]")))))
                .isEqualTo("passed");
        assertThat(decide(bearer(ISSUED.token(claims(",\"groups\":\"staff\"")))))
                .startsWith("403");
        assertThat(decide(Requests.get("/"))).startsWith("403");
    }

    @Test
    void aProviderThatCannotBeHonouredHasNoValidToken() {
        JwtProvider remote = new JwtProvider(
                ISSUER,
                List.of(),
                new JwtProvider.Jwks.Remote("https://issuer/jwks", "", Duration.ofSeconds(5), Duration.ofMinutes(5)),
                new JwtProvider.Sources(List.of(), List.of(), List.of()),
                output(false),
                Duration.ofSeconds(60),
                List.of());
        List<String> unsupported = publish(remote);

        assertThat(unsupported).singleElement().asString().endsWith("providers[p].remote_jwks");
        assertThat(decide(bearer(ISSUED.token(claims(""))))).isEqualTo("401 Jwks doesn't have any valid public key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'alg':'none'}|401 Jwt header [alg] is not supported",
                "{'alg':'None'}|401 Jwt header [alg] is not supported",
                "{}|401 Jwt header [alg] field is required and must be a string",
                "{'alg':'HS256','kid':'k1'}|401 Jwks doesn't have key to match kid or alg from Jwt",
                "{'alg':'PS256','kid':'k1'}|401 Jwks doesn't have key to match kid or alg from Jwt",
                "{'alg':'RS256','kid':1}|401 Jwt header [kid] field is not a string",
                "{'alg':'RS256','kid':'../../dev/null'}|401 Jwks doesn't have key to match kid or alg from Jwt",
                "{'alg':'RS256','crit':['exp'],'kid':'k1'}|401 Jwt header [crit] is not supported",
                "{'alg':'RS256','jku':'http://evil','jwk':{'kty':'oct','k':'AA'},'kid':'k1'}|passed",
                "[]|401 Jwt header is an invalid JSON"
            })
    void headersCannotChooseTheirKey(String header, String expected) {
        publish(provider(ISSUED.jwks(), output(false)));

        assertThat(decide(bearer(ISSUED.token(header.replace('\'', '"'), claims("")))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'iss':'ISS','exp':'tomorrow'}|401 Jwt payload [exp] field is not an integer",
                "{'iss':'ISS','exp':-1}|401 Jwt payload [exp] field is not a positive 64 bit integer",
                "{'iss':'ISS','exp':1e400}|401",
                "{'iss':'ISS','exp':0}|401 Jwt is expired",
                "{'iss':'ISS/'}|401 Jwt issuer is not configured",
                "{'iss':['ISS']}|401 Jwt payload [iss] field is not a string",
                "{'iss':'ISS','iss':'other'}|401",
                "{'iss':'ISS','aud':[1]}|401 Jwt payload [aud] field is not a string or string list",
                "{'iss':'ISS','nbf':99999999999}|401 Jwt not yet valid",
                "{}|401 Jwt issuer is not configured"
            })
    void oddClaimsAreNotValid(String claims, String expected) {
        publish(provider(ISSUED.jwks(), output(false)));

        assertThat(decide(bearer(ISSUED.token(claims.replace("ISS", ISSUER).replace('\'', '"')))))
                .startsWith(expected);
    }

    @Test
    void deeplyNestedClaimsAreRefusedWithoutHarm() {
        publish(provider(ISSUED.jwks(), output(false)));
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(decide(bearer(ISSUED.token(deep)))).startsWith("401");
    }

    private List<String> publish(JwtProvider provider) {
        InboundCompiler.Result result = InboundCompiler.compile(
                List.of(InboundListeners.listener(InboundListeners.chain(
                        InboundListeners.match(8080, "raw_buffer"),
                        new io.inmesh.xds.model.tls.TransportSocket.Raw(),
                        InboundListeners.http(jwt(provider))))),
                clock,
                KeySources.NONE);
        holder.publish(result.snapshot());
        return result.unsupported();
    }

    private String decide(MeshRequest request) {
        InboundDecision decision = pipeline.decide(Requests.plaintext(8080), request);
        return decision instanceof InboundDecision.Reply reply
                ? reply.reply().status() + " " + reply.reply().body()
                : "passed";
    }

    private static MeshRequest bearer(String token) {
        return Requests.get("/", "authorization: Bearer " + token);
    }

    private static String claims(String more) {
        return "{\"iss\":\"" + ISSUER + "\"" + more + "}";
    }

    private static HttpFilter jwt(JwtProvider provider) {
        JwtRequirement any =
                new JwtRequirement.AnyOf(List.of(new JwtRequirement.Provider("p"), new JwtRequirement.AllowMissing()));
        RouteMatch all = new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(), null, false);
        return new HttpFilter.JwtAuthn(
                "envoy.filters.http.jwt_authn",
                false,
                new JwtAuthentication(
                        Map.of("p", provider), List.of(new JwtAuthentication.Rule(all, any)), true, List.of()));
    }

    private static JwtProvider provider(String jwks, JwtProvider.Output output) {
        return new JwtProvider(
                ISSUER,
                List.of(),
                new JwtProvider.Jwks.Inline(jwks),
                new JwtProvider.Sources(List.of(), List.of(), List.of()),
                output,
                Duration.ofSeconds(60),
                List.of());
    }

    private static JwtProvider.Output output(boolean forward) {
        return new JwtProvider.Output(forward, "", "payload", List.of("scope"), Map.of());
    }

    private static Principal claim(ValueMatch value, String... path) {
        List<String> names = new java.util.ArrayList<>(List.of("payload"));
        names.addAll(List.of(path));
        return new Principal.Metadata(new MetadataMatch("envoy.filters.http.jwt_authn", names, value, false));
    }

    private static HttpFilter rbac(Principal principal) {
        return new HttpFilter.HttpRbac(
                "envoy.filters.http.rbac",
                false,
                new Rbac(
                        new RbacRules(
                                RbacRules.Action.ALLOW,
                                Map.of(
                                        "policy",
                                        new RbacPolicy(List.of(new Permission.Any()), List.of(principal), List.of()))),
                        null,
                        ""));
    }
}
