package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.DURATION;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.time.Duration;
import java.util.List;

/** {@code envoy/config/core/v3/config_source.proto}: where a resource is to be asked for. */
public final class CoreConfigSource {

    private CoreConfigSource() {}

    /** {@code envoy.config.core.v3.ConfigSource}. */
    public static final class ConfigSource {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.ConfigSource");
        public static final Field<Message> API_CONFIG_SOURCE =
                D.oneof("config_source_specifier", 2, "api_config_source", message(() -> ApiConfigSource.TYPE));
        public static final Field<Message> ADS =
                D.oneof("config_source_specifier", 3, "ads", message(() -> AggregatedConfigSource.TYPE));
        public static final Field<Duration> INITIAL_FETCH_TIMEOUT = D.field(4, "initial_fetch_timeout", DURATION);
        public static final Field<Message> SELF =
                D.oneof("config_source_specifier", 5, "self", message(() -> SelfConfigSource.TYPE));
        public static final Field<ApiVersion> RESOURCE_API_VERSION =
                D.field(6, "resource_api_version", enumeration(ApiVersion.class));
        public static final MessageType TYPE =
                D.others("path=1 authorities=7 path_config_source=8").type();

        private ConfigSource() {}
    }

    /** {@code envoy.config.core.v3.AggregatedConfigSource}. */
    public static final class AggregatedConfigSource {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.AggregatedConfigSource");
        public static final MessageType TYPE = D.type();

        private AggregatedConfigSource() {}
    }

    /** {@code envoy.config.core.v3.SelfConfigSource}. */
    public static final class SelfConfigSource {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.SelfConfigSource");
        public static final MessageType TYPE =
                D.others("transport_api_version=1").type();

        private SelfConfigSource() {}
    }

    /** {@code envoy.config.core.v3.ApiConfigSource}. */
    public static final class ApiConfigSource {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.ApiConfigSource");
        public static final Field<ApiType> API_TYPE = D.field(1, "api_type", enumeration(ApiType.class));
        public static final Field<List<Message>> GRPC_SERVICES =
                D.repeated(4, "grpc_services", message(() -> GrpcService.TYPE));
        public static final Field<Boolean> SET_NODE_ON_FIRST_MESSAGE_ONLY =
                D.field(7, "set_node_on_first_message_only", BOOL);
        public static final Field<ApiVersion> TRANSPORT_API_VERSION =
                D.field(8, "transport_api_version", enumeration(ApiVersion.class));
        public static final MessageType TYPE = D.others(
                        "cluster_names=2 refresh_delay=3 request_timeout=5 rate_limit_settings=6")
                .others("config_validators=9")
                .type();

        private ApiConfigSource() {}
    }

    /** {@code envoy.config.core.v3.GrpcService}. */
    public static final class GrpcService {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.GrpcService");
        public static final Field<Message> ENVOY_GRPC =
                D.oneof("target_specifier", 1, "envoy_grpc", message(() -> EnvoyGrpc.TYPE));
        public static final MessageType TYPE = D.others("google_grpc=2 timeout=3 initial_metadata=5 retry_policy=6")
                .type();

        private GrpcService() {}
    }

    /** {@code envoy.config.core.v3.GrpcService.EnvoyGrpc}. */
    public static final class EnvoyGrpc {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.GrpcService.EnvoyGrpc");
        public static final Field<String> CLUSTER_NAME = D.field(1, "cluster_name", STRING);
        public static final MessageType TYPE = D.others(
                        "authority=2 retry_policy=3 max_receive_message_length=4 skip_envoy_headers=5")
                .type();

        private EnvoyGrpc() {}
    }

    /** {@code envoy.config.core.v3.ApiVersion}. */
    public enum ApiVersion implements WireEnum {
        AUTO(0),
        V2(1),
        V3(2);

        private final int number;

        ApiVersion(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.config.core.v3.ApiConfigSource.ApiType}. */
    public enum ApiType implements WireEnum {
        DEPRECATED_AND_UNAVAILABLE_DO_NOT_USE(0),
        REST(1),
        GRPC(2),
        DELTA_GRPC(3),
        AGGREGATED_GRPC(5),
        AGGREGATED_DELTA_GRPC(6);

        private final int number;

        ApiType(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}
