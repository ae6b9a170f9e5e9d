package io.inmesh.xds.envoy;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.FieldType;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WellKnown;
import java.util.List;

/** {@code google/rpc/status.proto}. */
public final class Rpc {

    private Rpc() {}

    /** {@code google.rpc.Status}. */
    public static final class Status {
        private static final Declaration D = Declaration.of("google.rpc.Status");
        public static final Field<Integer> CODE = D.field(1, "code", FieldType.INT32);
        public static final Field<String> MESSAGE = D.field(2, "message", FieldType.STRING);
        public static final Field<List<Message>> DETAILS = D.repeated(3, "details", WellKnown.ANY);
        public static final MessageType TYPE = D.type();

        private Status() {}
    }
}
