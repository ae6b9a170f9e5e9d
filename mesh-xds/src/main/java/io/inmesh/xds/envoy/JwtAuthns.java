package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.DURATION;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WellKnown;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code envoy/extensions/filters/http/jwt_authn/v3/config.proto}: tokens. */
public final class JwtAuthns {

    private JwtAuthns() {}

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication}. */
    public static final class JwtAuthentication {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication");
        public static final Field<Map<String, Message>> PROVIDERS =
                D.map(1, "providers", STRING, message(() -> JwtProvider.TYPE));
        public static final Field<List<Message>> RULES = D.repeated(2, "rules", message(() -> RequirementRule.TYPE));
        public static final Field<Boolean> BYPASS_CORS_PREFLIGHT = D.field(4, "bypass_cors_preflight", BOOL);
        public static final MessageType TYPE = D.others(
                        "filter_state_rules=3 requirement_map=5 strip_failure_response=6 stat_prefix=7")
                .type();

        private JwtAuthentication() {}
    }

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.JwtProvider}. */
    public static final class JwtProvider {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.JwtProvider");
        public static final Field<String> ISSUER = D.field(1, "issuer", STRING);
        public static final Field<List<String>> AUDIENCES = D.repeated(2, "audiences", STRING);
        public static final Field<Message> REMOTE_JWKS =
                D.oneof("jwks_source_specifier", 3, "remote_jwks", message(() -> RemoteJwks.TYPE));
        public static final Field<Message> LOCAL_JWKS =
                D.oneof("jwks_source_specifier", 4, "local_jwks", message(() -> CoreBase.DataSource.TYPE));
        public static final Field<Boolean> FORWARD = D.field(5, "forward", BOOL);
        public static final Field<List<Message>> FROM_HEADERS =
                D.repeated(6, "from_headers", message(() -> JwtHeader.TYPE));
        public static final Field<List<String>> FROM_PARAMS = D.repeated(7, "from_params", STRING);
        public static final Field<String> FORWARD_PAYLOAD_HEADER = D.field(8, "forward_payload_header", STRING);
        public static final Field<String> PAYLOAD_IN_METADATA = D.field(9, "payload_in_metadata", STRING);
        public static final Field<Long> CLOCK_SKEW_SECONDS = D.field(10, "clock_skew_seconds", UINT32);
        public static final Field<List<String>> FROM_COOKIES = D.repeated(13, "from_cookies", STRING);
        public static final Field<List<Message>> CLAIM_TO_HEADERS =
                D.repeated(15, "claim_to_headers", message(() -> JwtClaimToHeader.TYPE));
        public static final Field<Message> NORMALIZE_PAYLOAD_IN_METADATA =
                D.field(18, "normalize_payload_in_metadata", message(() -> NormalizePayload.TYPE));
        public static final MessageType TYPE = D.others(
                        "pad_forward_payload_header=11 jwt_cache_config=12 header_in_metadata=14")
                .others("failed_status_in_metadata=16 clear_route_cache=17 subjects=19 require_expiration=20")
                .others("max_lifetime=21")
                .type();

        private JwtProvider() {}
    }

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.JwtProvider.NormalizePayload}. */
    public static final class NormalizePayload {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.JwtProvider.NormalizePayload");
        public static final Field<List<String>> SPACE_DELIMITED_CLAIMS =
                D.repeated(1, "space_delimited_claims", STRING);
        public static final MessageType TYPE = D.type();

        private NormalizePayload() {}
    }

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.RemoteJwks}. */
    public static final class RemoteJwks {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.RemoteJwks");
        public static final Field<Message> HTTP_URI = D.field(1, "http_uri", message(() -> CoreBase.HttpUri.TYPE));
        public static final Field<Duration> CACHE_DURATION = D.field(2, "cache_duration", DURATION);
        public static final MessageType TYPE =
                D.others("async_fetch=3 retry_policy=4").type();

        private RemoteJwks() {}
    }

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.JwtHeader}. */
    public static final class JwtHeader {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.JwtHeader");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<String> VALUE_PREFIX = D.field(2, "value_prefix", STRING);
        public static final MessageType TYPE = D.type();

        private JwtHeader() {}
    }

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader}. */
    public static final class JwtClaimToHeader {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader");
        public static final Field<String> HEADER_NAME = D.field(1, "header_name", STRING);
        public static final Field<String> CLAIM_NAME = D.field(2, "claim_name", STRING);
        public static final MessageType TYPE = D.type();

        private JwtClaimToHeader() {}
    }

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.RequirementRule}. */
    public static final class RequirementRule {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.RequirementRule");
        public static final Field<Message> MATCH = D.field(1, "match", message(() -> Routes.RouteMatch.TYPE));
        public static final Field<Message> REQUIRES =
                D.oneof("requirement_type", 2, "requires", message(() -> JwtRequirement.TYPE));
        public static final MessageType TYPE = D.others("requirement_name=3").type();

        private RequirementRule() {}
    }

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement}. */
    public static final class JwtRequirement {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement");
        public static final Field<String> PROVIDER_NAME = D.oneof("requires_type", 1, "provider_name", STRING);
        public static final Field<Message> PROVIDER_AND_AUDIENCES =
                D.oneof("requires_type", 2, "provider_and_audiences", message(() -> ProviderWithAudiences.TYPE));
        public static final Field<Message> REQUIRES_ANY =
                D.oneof("requires_type", 3, "requires_any", message(() -> JwtRequirementOrList.TYPE));
        public static final Field<Message> REQUIRES_ALL =
                D.oneof("requires_type", 4, "requires_all", message(() -> JwtRequirementAndList.TYPE));
        public static final Field<Message> ALLOW_MISSING_OR_FAILED =
                D.oneof("requires_type", 5, "allow_missing_or_failed", message(() -> WellKnown.EMPTY));
        public static final Field<Message> ALLOW_MISSING =
                D.oneof("requires_type", 6, "allow_missing", message(() -> WellKnown.EMPTY));
        public static final MessageType TYPE = D.type();

        private JwtRequirement() {}
    }

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementOrList}. */
    public static final class JwtRequirementOrList {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementOrList");
        public static final Field<List<Message>> REQUIREMENTS =
                D.repeated(1, "requirements", message(() -> JwtRequirement.TYPE));
        public static final MessageType TYPE = D.type();

        private JwtRequirementOrList() {}
    }

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementAndList}. */
    public static final class JwtRequirementAndList {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementAndList");
        public static final Field<List<Message>> REQUIREMENTS =
                D.repeated(1, "requirements", message(() -> JwtRequirement.TYPE));
        public static final MessageType TYPE = D.type();

        private JwtRequirementAndList() {}
    }

    /** {@code envoy.extensions.filters.http.jwt_authn.v3.ProviderWithAudiences}. */
    public static final class ProviderWithAudiences {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.http.jwt_authn.v3.ProviderWithAudiences");
        public static final Field<String> PROVIDER_NAME = D.field(1, "provider_name", STRING);
        public static final Field<List<String>> AUDIENCES = D.repeated(2, "audiences", STRING);
        public static final MessageType TYPE = D.type();

        private ProviderWithAudiences() {}
    }
}
