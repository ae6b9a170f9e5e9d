package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.util.List;
import java.util.Map;

/** {@code envoy/config/rbac/v3/rbac.proto} with the filters that apply it. */
public final class Rbacs {

    private Rbacs() {}

    /** {@code envoy.config.rbac.v3.RBAC}. */
    public static final class RBAC {
        private static final Declaration D = Declaration.of("envoy.config.rbac.v3.RBAC");
        public static final Field<Action> ACTION = D.field(1, "action", enumeration(Action.class));
        public static final Field<Map<String, Message>> POLICIES =
                D.map(2, "policies", STRING, message(() -> Policy.TYPE));
        public static final MessageType TYPE =
                D.others("audit_logging_options=3").type();

        private RBAC() {}
    }

    /** {@code envoy.config.rbac.v3.Policy}. */
    public static final class Policy {
        private static final Declaration D = Declaration.of("envoy.config.rbac.v3.Policy");
        public static final Field<List<Message>> PERMISSIONS =
                D.repeated(1, "permissions", message(() -> Permission.TYPE));
        public static final Field<List<Message>> PRINCIPALS =
                D.repeated(2, "principals", message(() -> Principal.TYPE));
        public static final MessageType TYPE =
                D.others("condition=3 checked_condition=4").type();

        private Policy() {}
    }

    /** {@code envoy.config.rbac.v3.Permission}. */
    public static final class Permission {
        private static final Declaration D = Declaration.of("envoy.config.rbac.v3.Permission");
        public static final Field<Message> AND_RULES =
                D.oneof("rule", 1, "and_rules", message(() -> PermissionSet.TYPE));
        public static final Field<Message> OR_RULES = D.oneof("rule", 2, "or_rules", message(() -> PermissionSet.TYPE));
        public static final Field<Boolean> ANY = D.oneof("rule", 3, "any", BOOL);
        public static final Field<Message> HEADER =
                D.oneof("rule", 4, "header", message(() -> Routes.HeaderMatcher.TYPE));
        public static final Field<Message> DESTINATION_IP =
                D.oneof("rule", 5, "destination_ip", message(() -> CoreAddress.CidrRange.TYPE));
        public static final Field<Long> DESTINATION_PORT = D.oneof("rule", 6, "destination_port", UINT32);
        public static final Field<Message> METADATA =
                D.oneof("rule", 7, "metadata", message(() -> Matchers.MetadataMatcher.TYPE));
        public static final Field<Message> NOT_RULE = D.oneof("rule", 8, "not_rule", message(() -> Permission.TYPE));
        public static final Field<Message> REQUESTED_SERVER_NAME =
                D.oneof("rule", 9, "requested_server_name", message(() -> Matchers.StringMatcher.TYPE));
        public static final Field<Message> URL_PATH =
                D.oneof("rule", 10, "url_path", message(() -> Matchers.PathMatcher.TYPE));
        public static final Field<Message> DESTINATION_PORT_RANGE =
                D.oneof("rule", 11, "destination_port_range", message(() -> Percents.Int32Range.TYPE));
        public static final Field<Message> URI_TEMPLATE =
                D.oneof("rule", 13, "uri_template", message(() -> CoreBase.TypedExtensionConfig.TYPE));
        public static final MessageType TYPE =
                D.others("matcher=12 sourced_metadata=14").type();

        private Permission() {}
    }

    /** {@code envoy.config.rbac.v3.Permission.Set}. */
    public static final class PermissionSet {
        private static final Declaration D = Declaration.of("envoy.config.rbac.v3.Permission.Set");
        public static final Field<List<Message>> RULES = D.repeated(1, "rules", message(() -> Permission.TYPE));
        public static final MessageType TYPE = D.type();

        private PermissionSet() {}
    }

    /** {@code envoy.config.rbac.v3.Principal}. */
    public static final class Principal {
        private static final Declaration D = Declaration.of("envoy.config.rbac.v3.Principal");
        public static final Field<Message> AND_IDS =
                D.oneof("identifier", 1, "and_ids", message(() -> PrincipalSet.TYPE));
        public static final Field<Message> OR_IDS =
                D.oneof("identifier", 2, "or_ids", message(() -> PrincipalSet.TYPE));
        public static final Field<Boolean> ANY = D.oneof("identifier", 3, "any", BOOL);
        public static final Field<Message> AUTHENTICATED =
                D.oneof("identifier", 4, "authenticated", message(() -> Authenticated.TYPE));
        public static final Field<Message> SOURCE_IP =
                D.oneof("identifier", 5, "source_ip", message(() -> CoreAddress.CidrRange.TYPE));
        public static final Field<Message> HEADER =
                D.oneof("identifier", 6, "header", message(() -> Routes.HeaderMatcher.TYPE));
        public static final Field<Message> METADATA =
                D.oneof("identifier", 7, "metadata", message(() -> Matchers.MetadataMatcher.TYPE));
        public static final Field<Message> NOT_ID = D.oneof("identifier", 8, "not_id", message(() -> Principal.TYPE));
        public static final Field<Message> URL_PATH =
                D.oneof("identifier", 9, "url_path", message(() -> Matchers.PathMatcher.TYPE));
        public static final Field<Message> DIRECT_REMOTE_IP =
                D.oneof("identifier", 10, "direct_remote_ip", message(() -> CoreAddress.CidrRange.TYPE));
        public static final Field<Message> REMOTE_IP =
                D.oneof("identifier", 11, "remote_ip", message(() -> CoreAddress.CidrRange.TYPE));
        public static final Field<Message> FILTER_STATE =
                D.oneof("identifier", 12, "filter_state", message(() -> Matchers.FilterStateMatcher.TYPE));
        public static final MessageType TYPE =
                D.others("sourced_metadata=13 custom=14").type();

        private Principal() {}
    }

    /** {@code envoy.config.rbac.v3.Principal.Set}. */
    public static final class PrincipalSet {
        private static final Declaration D = Declaration.of("envoy.config.rbac.v3.Principal.Set");
        public static final Field<List<Message>> IDS = D.repeated(1, "ids", message(() -> Principal.TYPE));
        public static final MessageType TYPE = D.type();

        private PrincipalSet() {}
    }

    /** {@code envoy.config.rbac.v3.Principal.Authenticated}. */
    public static final class Authenticated {
        private static final Declaration D = Declaration.of("envoy.config.rbac.v3.Principal.Authenticated");
        public static final Field<Message> PRINCIPAL_NAME =
                D.field(2, "principal_name", message(() -> Matchers.StringMatcher.TYPE));
        public static final MessageType TYPE = D.type();

        private Authenticated() {}
    }

    /** {@code envoy.extensions.filters.http.rbac.v3.RBAC}. */
    public static final class HttpRbac {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.http.rbac.v3.RBAC");
        public static final Field<Message> RULES = D.field(1, "rules", message(() -> RBAC.TYPE));
        public static final Field<Message> SHADOW_RULES = D.field(2, "shadow_rules", message(() -> RBAC.TYPE));
        public static final Field<String> SHADOW_RULES_STAT_PREFIX = D.field(3, "shadow_rules_stat_prefix", STRING);
        public static final MessageType TYPE = D.others(
                        "matcher=4 shadow_matcher=5 rules_stat_prefix=6 track_per_rule_stats=7")
                .type();

        private HttpRbac() {}
    }

    /** {@code envoy.extensions.filters.http.rbac.v3.RBACPerRoute}. */
    public static final class RBACPerRoute {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.http.rbac.v3.RBACPerRoute");
        public static final Field<Message> RBAC = D.field(2, "rbac", message(() -> HttpRbac.TYPE));
        public static final MessageType TYPE = D.type();

        private RBACPerRoute() {}
    }

    /** {@code envoy.extensions.filters.network.rbac.v3.RBAC}. */
    public static final class NetworkRbac {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.network.rbac.v3.RBAC");
        public static final Field<Message> RULES = D.field(1, "rules", message(() -> RBAC.TYPE));
        public static final Field<Message> SHADOW_RULES = D.field(2, "shadow_rules", message(() -> RBAC.TYPE));
        public static final Field<String> STAT_PREFIX = D.field(3, "stat_prefix", STRING);
        public static final Field<String> SHADOW_RULES_STAT_PREFIX = D.field(5, "shadow_rules_stat_prefix", STRING);
        public static final MessageType TYPE = D.others("enforcement_type=4 matcher=6 shadow_matcher=7 delay_deny=8")
                .type();

        private NetworkRbac() {}
    }

    /** {@code envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig}. */
    public static final class UriTemplateMatchConfig {
        private static final Declaration D =
                Declaration.of("envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig");
        public static final Field<String> PATH_TEMPLATE = D.field(1, "path_template", STRING);
        public static final MessageType TYPE = D.type();

        private UriTemplateMatchConfig() {}
    }

    /** {@code envoy.config.rbac.v3.RBAC.Action}. */
    public enum Action implements WireEnum {
        ALLOW(0),
        DENY(1),
        LOG(2);

        private final int number;

        Action(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}
