package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.util.List;

/** {@code envoy/service/status/v3}: which configuration a client has. */
public final class ClientStatus {

    private ClientStatus() {}

    /** {@code envoy.service.status.v3.ClientConfig}. */
    public static final class ClientConfig {
        private static final Declaration D = Declaration.of("envoy.service.status.v3.ClientConfig");
        public static final Field<Message> NODE = D.field(1, "node", message(() -> CoreBase.Node.TYPE));
        public static final Field<List<Message>> GENERIC_XDS_CONFIGS =
                D.repeated(3, "generic_xds_configs", message(() -> GenericXdsConfig.TYPE));
        public static final Field<String> CLIENT_SCOPE = D.field(4, "client_scope", STRING);
        public static final MessageType TYPE = D.others("xds_config=2").type();

        private ClientConfig() {}
    }

    /** {@code envoy.service.status.v3.ClientConfig.GenericXdsConfig}. */
    public static final class GenericXdsConfig {
        private static final Declaration D = Declaration.of("envoy.service.status.v3.ClientConfig.GenericXdsConfig");
        public static final Field<String> TYPE_URL = D.field(1, "type_url", STRING);
        public static final Field<String> NAME = D.field(2, "name", STRING);
        public static final Field<String> VERSION_INFO = D.field(3, "version_info", STRING);
        public static final Field<ConfigStatus> CONFIG_STATUS =
                D.field(6, "config_status", enumeration(ConfigStatus.class));
        public static final MessageType TYPE = D.others(
                        "xds_config=4 last_updated=5 client_status=7 error_state=8 is_static_resource=9")
                .type();

        private GenericXdsConfig() {}
    }

    /** {@code envoy.service.status.v3.ConfigStatus}. */
    public enum ConfigStatus implements WireEnum {
        UNKNOWN(0),
        SYNCED(1),
        NOT_SENT(2),
        STALE(3),
        ERROR(4);

        private final int number;

        ConfigStatus(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}
