package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.UINT32_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;

/** {@code envoy/config/core/v3/address.proto}: addresses. */
public final class CoreAddress {

    private CoreAddress() {}

    /** {@code envoy.config.core.v3.Address}. */
    public static final class Address {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.Address");
        public static final Field<Message> SOCKET_ADDRESS =
                D.oneof("address", 1, "socket_address", message(() -> SocketAddress.TYPE));
        public static final MessageType TYPE =
                D.others("pipe=2 envoy_internal_address=3").type();

        private Address() {}
    }

    /** {@code envoy.config.core.v3.SocketAddress}. */
    public static final class SocketAddress {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.SocketAddress");
        public static final Field<Protocol> PROTOCOL = D.field(1, "protocol", enumeration(Protocol.class));
        public static final Field<String> ADDRESS = D.field(2, "address", STRING);
        public static final Field<Long> PORT_VALUE = D.oneof("port_specifier", 3, "port_value", UINT32);
        public static final MessageType TYPE = D.others(
                        "named_port=4 resolver_name=5 ipv4_compat=6 network_namespace_filepath=7")
                .type();

        private SocketAddress() {}
    }

    /** {@code envoy.config.core.v3.CidrRange}. */
    public static final class CidrRange {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.CidrRange");
        public static final Field<String> ADDRESS_PREFIX = D.field(1, "address_prefix", STRING);
        public static final Field<Long> PREFIX_LEN = D.field(2, "prefix_len", UINT32_VALUE);
        public static final MessageType TYPE = D.type();

        private CidrRange() {}
    }

    /** {@code envoy.config.core.v3.BindConfig}. */
    public static final class BindConfig {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.BindConfig");
        public static final Field<Message> SOURCE_ADDRESS =
                D.field(1, "source_address", message(() -> SocketAddress.TYPE));
        public static final MessageType TYPE = D.others(
                        "freebind=2 socket_options=3 additional_source_addresses=4 extra_source_addresses=5")
                .others("local_address_selector=6")
                .type();

        private BindConfig() {}
    }

    /** {@code envoy.config.core.v3.TcpKeepalive}. */
    public static final class TcpKeepalive {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.TcpKeepalive");
        public static final Field<Long> KEEPALIVE_PROBES = D.field(1, "keepalive_probes", UINT32_VALUE);
        public static final Field<Long> KEEPALIVE_TIME = D.field(2, "keepalive_time", UINT32_VALUE);
        public static final Field<Long> KEEPALIVE_INTERVAL = D.field(3, "keepalive_interval", UINT32_VALUE);
        public static final MessageType TYPE = D.type();

        private TcpKeepalive() {}
    }

    /** {@code envoy.config.core.v3.SocketAddress.Protocol}. */
    public enum Protocol implements WireEnum {
        TCP(0),
        UDP(1);

        private final int number;

        Protocol(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}
