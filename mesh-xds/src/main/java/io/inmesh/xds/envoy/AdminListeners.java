package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;
import static io.inmesh.xds.wire.WellKnown.TIMESTAMP;

import io.inmesh.xds.envoy.AdminDumps.ClientResourceStatus;
import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.time.Instant;
import java.util.List;

/** {@code envoy/admin/v3}: listeners and secrets, in a dump and by themselves. */
public final class AdminListeners {

    private AdminListeners() {}

    /** {@code envoy.admin.v3.ListenersConfigDump}. */
    public static final class ListenersConfigDump {
        private static final Declaration D = Declaration.of("envoy.admin.v3.ListenersConfigDump");
        public static final Field<String> VERSION_INFO = D.field(1, "version_info", STRING);
        public static final Field<List<Message>> DYNAMIC_LISTENERS =
                D.repeated(3, "dynamic_listeners", message(() -> DynamicListener.TYPE));
        public static final MessageType TYPE = D.others("static_listeners=2").type();

        private ListenersConfigDump() {}
    }

    /** {@code envoy.admin.v3.ListenersConfigDump.DynamicListener}. */
    public static final class DynamicListener {
        private static final Declaration D = Declaration.of("envoy.admin.v3.ListenersConfigDump.DynamicListener");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> ACTIVE_STATE =
                D.field(2, "active_state", message(() -> DynamicListenerState.TYPE));
        public static final Field<Message> ERROR_STATE =
                D.field(5, "error_state", message(() -> AdminDumps.UpdateFailureState.TYPE));
        public static final Field<ClientResourceStatus> CLIENT_STATUS =
                D.field(6, "client_status", enumeration(ClientResourceStatus.class));
        public static final MessageType TYPE =
                D.others("warming_state=3 draining_state=4").type();

        private DynamicListener() {}
    }

    /** {@code envoy.admin.v3.ListenersConfigDump.DynamicListenerState}. */
    public static final class DynamicListenerState {
        private static final Declaration D = Declaration.of("envoy.admin.v3.ListenersConfigDump.DynamicListenerState");
        public static final Field<String> VERSION_INFO = D.field(1, "version_info", STRING);
        public static final Field<Message> LISTENER = D.field(2, "listener", ANY);
        public static final Field<Instant> LAST_UPDATED = D.field(3, "last_updated", TIMESTAMP);
        public static final MessageType TYPE = D.type();

        private DynamicListenerState() {}
    }

    /** {@code envoy.admin.v3.SecretsConfigDump}. */
    public static final class SecretsConfigDump {
        private static final Declaration D = Declaration.of("envoy.admin.v3.SecretsConfigDump");
        public static final Field<List<Message>> DYNAMIC_ACTIVE_SECRETS =
                D.repeated(2, "dynamic_active_secrets", message(() -> DynamicSecret.TYPE));
        public static final MessageType TYPE =
                D.others("static_secrets=1 dynamic_warming_secrets=3").type();

        private SecretsConfigDump() {}
    }

    /** {@code envoy.admin.v3.SecretsConfigDump.DynamicSecret}. */
    public static final class DynamicSecret {
        private static final Declaration D = Declaration.of("envoy.admin.v3.SecretsConfigDump.DynamicSecret");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<String> VERSION_INFO = D.field(2, "version_info", STRING);
        public static final Field<Instant> LAST_UPDATED = D.field(3, "last_updated", TIMESTAMP);
        public static final Field<Message> SECRET = D.field(4, "secret", ANY);
        public static final Field<ClientResourceStatus> CLIENT_STATUS =
                D.field(6, "client_status", enumeration(ClientResourceStatus.class));
        public static final MessageType TYPE = D.others("error_state=5").type();

        private DynamicSecret() {}
    }

    /** {@code envoy.admin.v3.Listeners}. */
    public static final class Listeners {
        private static final Declaration D = Declaration.of("envoy.admin.v3.Listeners");
        public static final Field<List<Message>> LISTENER_STATUSES =
                D.repeated(1, "listener_statuses", message(() -> ListenerStatus.TYPE));
        public static final MessageType TYPE = D.type();

        private Listeners() {}
    }

    /** {@code envoy.admin.v3.ListenerStatus}. */
    public static final class ListenerStatus {
        private static final Declaration D = Declaration.of("envoy.admin.v3.ListenerStatus");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> LOCAL_ADDRESS =
                D.field(2, "local_address", message(() -> CoreAddress.Address.TYPE));
        public static final MessageType TYPE =
                D.others("additional_local_addresses=3").type();

        private ListenerStatus() {}
    }
}
