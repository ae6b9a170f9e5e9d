package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.BOOL_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.List;

/** {@code envoy/extensions/filters/http/cors/v3/cors.proto}: what pages of other origins may do. */
public final class Cors {

    private Cors() {}

    /** {@code envoy.extensions.filters.http.cors.v3.Cors}: the filter itself, which routes tell what to do. */
    public static final class CorsFilter {
        public static final MessageType TYPE =
                Declaration.of("envoy.extensions.filters.http.cors.v3.Cors").type();

        private CorsFilter() {}
    }

    /** {@code envoy.extensions.filters.http.cors.v3.CorsPolicy}. */
    public static final class CorsPolicy {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.http.cors.v3.CorsPolicy");
        public static final Field<List<Message>> ALLOW_ORIGIN_STRING_MATCH =
                D.repeated(1, "allow_origin_string_match", message(() -> Matchers.StringMatcher.TYPE));
        public static final Field<String> ALLOW_METHODS = D.field(2, "allow_methods", STRING);
        public static final Field<String> ALLOW_HEADERS = D.field(3, "allow_headers", STRING);
        public static final Field<String> EXPOSE_HEADERS = D.field(4, "expose_headers", STRING);
        public static final Field<String> MAX_AGE = D.field(5, "max_age", STRING);
        public static final Field<Boolean> ALLOW_CREDENTIALS = D.field(6, "allow_credentials", BOOL_VALUE);
        public static final Field<Message> FILTER_ENABLED =
                D.field(7, "filter_enabled", message(() -> CoreBase.RuntimeFractionalPercent.TYPE));
        public static final Field<Message> SHADOW_ENABLED =
                D.field(8, "shadow_enabled", message(() -> CoreBase.RuntimeFractionalPercent.TYPE));
        public static final Field<Boolean> ALLOW_PRIVATE_NETWORK_ACCESS =
                D.field(9, "allow_private_network_access", BOOL_VALUE);
        public static final Field<Boolean> FORWARD_NOT_MATCHING_PREFLIGHTS =
                D.field(10, "forward_not_matching_preflights", BOOL_VALUE);
        public static final MessageType TYPE = D.type();

        private CorsPolicy() {}
    }
}
