package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.BYTES;
import static io.inmesh.xds.wire.FieldType.DOUBLE;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;
import static io.inmesh.xds.wire.WellKnown.BOOL_VALUE;
import static io.inmesh.xds.wire.WellKnown.DURATION;
import static io.inmesh.xds.wire.WellKnown.STRUCT;

import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code envoy/config/core/v3/base.proto} and its neighbours: nodes, headers, metadata, transport sockets. */
public final class CoreBase {

    private CoreBase() {}

    /** {@code envoy.config.core.v3.Node}. */
    public static final class Node {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.Node");
        public static final Field<String> ID = D.field(1, "id", STRING);
        public static final Field<String> CLUSTER = D.field(2, "cluster", STRING);
        public static final Field<Message> METADATA = D.field(3, "metadata", STRUCT);
        public static final Field<Message> LOCALITY = D.field(4, "locality", message(() -> Locality.TYPE));
        public static final Field<String> USER_AGENT_NAME = D.field(6, "user_agent_name", STRING);
        public static final Field<String> USER_AGENT_VERSION =
                D.oneof("user_agent_version_type", 7, "user_agent_version", STRING);
        public static final Field<List<String>> CLIENT_FEATURES = D.repeated(10, "client_features", STRING);
        public static final MessageType TYPE = D.others(
                        "user_agent_build_version=8 extensions=9 listening_addresses=11 dynamic_parameters=12")
                .type();

        private Node() {}
    }

    /** {@code envoy.config.core.v3.ControlPlane}. */
    public static final class ControlPlane {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.ControlPlane");
        public static final Field<String> IDENTIFIER = D.field(1, "identifier", STRING);
        public static final MessageType TYPE = D.type();

        private ControlPlane() {}
    }

    /** {@code envoy.config.core.v3.Locality}. */
    public static final class Locality {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.Locality");
        public static final Field<String> REGION = D.field(1, "region", STRING);
        public static final Field<String> ZONE = D.field(2, "zone", STRING);
        public static final Field<String> SUB_ZONE = D.field(3, "sub_zone", STRING);
        public static final MessageType TYPE = D.type();

        private Locality() {}
    }

    /** {@code envoy.config.core.v3.Metadata}. */
    public static final class Metadata {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.Metadata");
        public static final Field<Map<String, Message>> FILTER_METADATA = D.map(1, "filter_metadata", STRING, STRUCT);
        public static final MessageType TYPE =
                D.others("typed_filter_metadata=2").type();

        private Metadata() {}
    }

    /** {@code envoy.config.core.v3.HeaderValue}. */
    public static final class HeaderValue {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.HeaderValue");
        public static final Field<String> KEY = D.field(1, "key", STRING);
        public static final Field<String> VALUE = D.field(2, "value", STRING);
        public static final MessageType TYPE = D.others("raw_value=3").type();

        private HeaderValue() {}
    }

    /** {@code envoy.config.core.v3.HeaderValueOption}. */
    public static final class HeaderValueOption {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.HeaderValueOption");
        public static final Field<Message> HEADER = D.field(1, "header", message(() -> HeaderValue.TYPE));
        public static final Field<Boolean> APPEND = D.field(2, "append", BOOL_VALUE);
        public static final Field<HeaderAppendAction> APPEND_ACTION =
                D.field(3, "append_action", enumeration(HeaderAppendAction.class));
        public static final Field<Boolean> KEEP_EMPTY_VALUE = D.field(4, "keep_empty_value", BOOL);
        public static final MessageType TYPE = D.type();

        private HeaderValueOption() {}
    }

    /** {@code envoy.config.core.v3.DataSource}. */
    public static final class DataSource {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.DataSource");
        public static final Field<String> FILENAME = D.oneof("specifier", 1, "filename", STRING);
        public static final Field<Bytes> INLINE_BYTES = D.oneof("specifier", 2, "inline_bytes", BYTES);
        public static final Field<String> INLINE_STRING = D.oneof("specifier", 3, "inline_string", STRING);
        public static final MessageType TYPE =
                D.others("environment_variable=4 watched_directory=5").type();

        private DataSource() {}
    }

    /** {@code envoy.config.core.v3.RuntimeFractionalPercent}. */
    public static final class RuntimeFractionalPercent {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.RuntimeFractionalPercent");
        public static final Field<Message> DEFAULT_VALUE =
                D.field(1, "default_value", message(() -> Percents.FractionalPercent.TYPE));
        public static final MessageType TYPE = D.others("runtime_key=2").type();

        private RuntimeFractionalPercent() {}
    }

    /** {@code envoy.config.core.v3.RuntimeDouble}. */
    public static final class RuntimeDouble {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.RuntimeDouble");
        public static final Field<Double> DEFAULT_VALUE = D.field(1, "default_value", DOUBLE);
        public static final Field<String> RUNTIME_KEY = D.field(2, "runtime_key", STRING);
        public static final MessageType TYPE = D.type();

        private RuntimeDouble() {}
    }

    /** {@code envoy.config.core.v3.TransportSocket}. */
    public static final class TransportSocket {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.TransportSocket");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> TYPED_CONFIG = D.oneof("config_type", 3, "typed_config", ANY);
        public static final MessageType TYPE = D.type();

        private TransportSocket() {}
    }

    /** {@code envoy.config.core.v3.TypedExtensionConfig}. */
    public static final class TypedExtensionConfig {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.TypedExtensionConfig");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> TYPED_CONFIG = D.field(2, "typed_config", ANY);
        public static final MessageType TYPE = D.type();

        private TypedExtensionConfig() {}
    }

    /** {@code envoy.config.core.v3.HttpUri}. */
    public static final class HttpUri {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.HttpUri");
        public static final Field<String> URI = D.field(1, "uri", STRING);
        public static final Field<String> CLUSTER = D.oneof("http_upstream_type", 2, "cluster", STRING);
        public static final Field<Duration> TIMEOUT = D.field(3, "timeout", DURATION);
        public static final MessageType TYPE = D.type();

        private HttpUri() {}
    }

    /** {@code envoy.config.core.v3.HeaderValueOption.HeaderAppendAction}. */
    public enum HeaderAppendAction implements WireEnum {
        APPEND_IF_EXISTS_OR_ADD(0),
        ADD_IF_ABSENT(1),
        OVERWRITE_IF_EXISTS_OR_ADD(2),
        OVERWRITE_IF_EXISTS(3);

        private final int number;

        HeaderAppendAction(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}
