package io.inmesh.xds.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.CoreBase.TransportSocket;
import io.inmesh.xds.envoy.HttpManagers;
import io.inmesh.xds.envoy.HttpManagers.HttpConnectionManager;
import io.inmesh.xds.envoy.JwtAuthns;
import io.inmesh.xds.envoy.JwtAuthns.JwtProvider;
import io.inmesh.xds.envoy.Listeners.Filter;
import io.inmesh.xds.envoy.Listeners.FilterChain;
import io.inmesh.xds.envoy.Listeners.Listener;
import io.inmesh.xds.envoy.Rbacs.HttpRbac;
import io.inmesh.xds.envoy.Rbacs.Permission;
import io.inmesh.xds.envoy.Rbacs.PermissionSet;
import io.inmesh.xds.envoy.Rbacs.Policy;
import io.inmesh.xds.envoy.Rbacs.Principal;
import io.inmesh.xds.envoy.Rbacs.RBAC;
import io.inmesh.xds.envoy.TransportSockets.CertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.CommonTlsContext;
import io.inmesh.xds.envoy.TransportSockets.DownstreamTlsContext;
import io.inmesh.xds.model.jwt.JwtAuthentication;
import io.inmesh.xds.model.listener.HttpFilter;
import io.inmesh.xds.model.rbac.RbacPolicy;
import io.inmesh.xds.model.rbac.RbacRules;
import io.inmesh.xds.model.tls.CommonTls;
import io.inmesh.xds.model.tls.DownstreamTls;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.FieldType;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What we do not know in settings of security is in the model as something that denies, and in the report by name. */
class SecurityDecodeTest {

    /** The message with a field of that number, which we do not declare. */
    private static Message withField(Message message, int number) throws Exception {
        Declaration other = Declaration.of("other");
        Field<String> field = other.field(number, "other", FieldType.STRING);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(message.toBytes());
        bytes.write(Message.of(other.type()).with(field, "value").toBytes());
        return Message.parse(message.type(), bytes.toByteArray());
    }

    @Test
    void anUnknownPermissionMarksItsPolicy() throws Exception {
        Message unknown = withField(Message.of(Permission.TYPE), 90);
        RbacPolicy policy = policy(Message.of(Permission.TYPE)
                .with(Permission.AND_RULES, Message.of(PermissionSet.TYPE).adding(PermissionSet.RULES, unknown)));

        assertThat(policy.permissions())
                .containsExactly(new io.inmesh.xds.model.rbac.Permission.And(
                        List.of(new io.inmesh.xds.model.rbac.Permission.Unsupported("rule"))));
        assertThat(policy.unsupported()).anyMatch(path -> path.endsWith("permissions[0].and_rules.rules[0].90"));
    }

    @Test
    void aPolicysConditionMarksIt() throws Exception {
        Message anybody = Message.of(Policy.TYPE)
                .adding(Policy.PERMISSIONS, Message.of(Permission.TYPE).with(Permission.ANY, true))
                .adding(Policy.PRINCIPALS, Message.of(Principal.TYPE).with(Principal.ANY, true));

        assertThat(rules(withField(anybody, 3)).policies().get("p").unsupported())
                .singleElement()
                .asString()
                .endsWith("policies{p}.condition");
        assertThat(rules(anybody).policies().get("p").unsupported()).isEmpty();
    }

    @Test
    void rulesOfAnotherFormDenyEverything() throws Exception {
        HttpFilter.HttpRbac filter = (HttpFilter.HttpRbac) filter(withField(Message.of(HttpRbac.TYPE), 4));

        assertThat(filter.rbac().rules()).isEqualTo(new RbacRules(RbacRules.Action.UNSUPPORTED, Map.of()));
    }

    @Test
    void anActionOfUnknownNumberIsNotTakenForAllow() throws Exception {
        Message rules = Message.parse(RBAC.TYPE, new byte[] {8, 77});

        HttpFilter.HttpRbac filter =
                (HttpFilter.HttpRbac) filter(Message.of(HttpRbac.TYPE).with(HttpRbac.RULES, rules));

        assertThat(filter.rbac().rules()).isNotNull();
        assertThat(filter.rbac().rules().action()).isEqualTo(RbacRules.Action.UNSUPPORTED);
    }

    @Test
    void anUnknownFilterMayBeThereToDenyAndAKnownHarmlessOneIsNot() {
        assertThat(filter(Message.of(Struct.TYPE)))
                .isInstanceOfSatisfying(HttpFilter.Other.class, other -> assertThat(other.security())
                        .isTrue());
        assertThat(Captures.decoded("cap-authz", ResourceDecoder.LISTENERS)
                        .flatMap(listener -> listener.orThrow().filterChains().stream())
                        .flatMap(chain -> chain.httpConnectionManager().stream())
                        .flatMap(manager -> manager.httpFilters().stream())
                        .filter(HttpFilter.Other.class::isInstance)
                        .map(HttpFilter.Other.class::cast))
                .isNotEmpty()
                .noneMatch(HttpFilter.Other::security);
    }

    @Test
    void unknownTlsValidationMakesTheContextUnusable() throws Exception {
        Message spki = withField(Message.of(CertificateValidationContext.TYPE), 3);
        Message common = Message.of(CommonTlsContext.TYPE).with(CommonTlsContext.VALIDATION_CONTEXT, spki);

        assertThat(tls(common).unsupported()).singleElement().asString().endsWith("verify_certificate_spki");
        assertThat(tls(Message.of(CommonTlsContext.TYPE)).unsupported()).isEmpty();
    }

    @Test
    void trustedRootsFromAnUnknownPlaceMakeTheContextUnusable() {
        Message validation = Message.of(CertificateValidationContext.TYPE)
                .with(CertificateValidationContext.TRUSTED_CA, Message.of(DataSource.TYPE));
        Message common = Message.of(CommonTlsContext.TYPE).with(CommonTlsContext.VALIDATION_CONTEXT, validation);

        assertThat(tls(common).unsupported()).isNotEmpty();
    }

    @Test
    void anUnknownTransportSocketIsNotPlaintext() {
        Message socket = Message.of(TransportSocket.TYPE)
                .with(TransportSocket.NAME, "quic")
                .with(TransportSocket.TYPED_CONFIG, Any.pack(Message.of(Struct.TYPE)));

        assertThat(chain(Message.of(FilterChain.TYPE).with(FilterChain.TRANSPORT_SOCKET, socket))
                        .transportSocket())
                .isEqualTo(new io.inmesh.xds.model.tls.TransportSocket.Unsupported("quic"));
    }

    @Test
    void whatIsUnknownInAJwtProviderMarksThatProviderOnly() throws Exception {
        Message jwt = Message.of(JwtAuthns.JwtAuthentication.TYPE)
                .with(
                        JwtAuthns.JwtAuthentication.PROVIDERS,
                        Map.of(
                                "good",
                                Message.of(JwtProvider.TYPE).with(JwtProvider.ISSUER, "i"),
                                "odd",
                                withField(Message.of(JwtProvider.TYPE), 19)));

        JwtAuthentication decoded = ((HttpFilter.JwtAuthn) filter(jwt)).authentication();

        assertThat(decoded.unsupported()).isEmpty();
        assertThat(decoded.providers().get("good").unsupported()).isEmpty();
        assertThat(decoded.providers().get("odd").unsupported()).isNotEmpty();
    }

    @Test
    void everyCapturedPolicyIsUnderstoodWhole() {
        List<RbacPolicy> policies = Captures.decoded(ResourceDecoder.LISTENERS)
                .flatMap(listener -> listener.orThrow().filterChains().stream())
                .flatMap(chain -> chain.httpConnectionManager().stream())
                .flatMap(manager -> manager.httpFilters().stream())
                .filter(HttpFilter.HttpRbac.class::isInstance)
                .map(filter -> ((HttpFilter.HttpRbac) filter).rbac().rules())
                .filter(Objects::nonNull)
                .flatMap(rules -> rules.policies().values().stream())
                .toList();

        assertThat(policies).hasSizeGreaterThan(20).allMatch(policy -> policy.unsupported()
                .isEmpty());
    }

    @Test
    void brokenBytesInsideRefuseTheListener() {
        Message broken =
                Message.of(Any.TYPE).with(Any.TYPE_URL, HttpRbac.TYPE.typeUrl()).with(Any.VALUE, Bytes.utf8("\u0007"));
        Message manager = Message.of(HttpConnectionManager.TYPE)
                .adding(
                        HttpConnectionManager.HTTP_FILTERS,
                        Message.of(HttpManagers.HttpFilter.TYPE).with(HttpManagers.HttpFilter.TYPED_CONFIG, broken));

        assertThat(ResourceDecoder.LISTENERS.decode(listener(chainOf(manager)))).isInstanceOf(Decoded.Refused.class);
    }

    private static RbacPolicy policy(Message permission) {
        return rules(Message.of(Policy.TYPE).adding(Policy.PERMISSIONS, permission))
                .policies()
                .get("p");
    }

    private static RbacRules rules(Message policy) {
        Message rules = Message.of(RBAC.TYPE).with(RBAC.POLICIES, Map.of("p", policy));
        HttpFilter.HttpRbac filter =
                (HttpFilter.HttpRbac) filter(Message.of(HttpRbac.TYPE).with(HttpRbac.RULES, rules));
        return Objects.requireNonNull(filter.rbac().rules());
    }

    private static HttpFilter filter(Message config) {
        Message manager = Message.of(HttpConnectionManager.TYPE)
                .adding(
                        HttpConnectionManager.HTTP_FILTERS,
                        Message.of(HttpManagers.HttpFilter.TYPE)
                                .with(HttpManagers.HttpFilter.TYPED_CONFIG, Any.pack(config)));
        return chain(chainOf(manager))
                .httpConnectionManager()
                .orElseThrow()
                .httpFilters()
                .get(0);
    }

    private static CommonTls tls(Message common) {
        Message context = Message.of(DownstreamTlsContext.TYPE).with(DownstreamTlsContext.COMMON_TLS_CONTEXT, common);
        Message socket = Message.of(TransportSocket.TYPE).with(TransportSocket.TYPED_CONFIG, Any.pack(context));
        io.inmesh.xds.model.listener.FilterChain chain =
                chain(Message.of(FilterChain.TYPE).with(FilterChain.TRANSPORT_SOCKET, socket));
        return ((DownstreamTls) chain.transportSocket()).common();
    }

    private static Message chainOf(Message manager) {
        return Message.of(FilterChain.TYPE)
                .adding(FilterChain.FILTERS, Message.of(Filter.TYPE).with(Filter.TYPED_CONFIG, Any.pack(manager)));
    }

    private static io.inmesh.xds.model.listener.FilterChain chain(Message chain) {
        return ResourceDecoder.LISTENERS
                .decode(listener(chain))
                .orThrow()
                .filterChains()
                .get(0);
    }

    private static Message listener(Message chain) {
        return Message.of(Listener.TYPE).with(Listener.NAME, "l").adding(Listener.FILTER_CHAINS, chain);
    }
}
