package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Listeners.TypedStruct;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.function.Function;

/** What an {@code Any} holds: a message whose type decides. */
final class Extension {

    private final Message any;
    private final String path;
    private final Report report;

    Extension(Message any, String path, Report report) {
        this.any = any;
        this.path = path;
        this.report = report;
    }

    /** Empty if nothing is held. */
    String typeUrl() {
        return any.get(Any.TYPE_URL);
    }

    boolean holds(MessageType type) {
        return Any.holds(any, type);
    }

    <R> R decode(MessageType type, Function<Fields, R> decoder) {
        try {
            return Fields.decode(Any.unpack(any, type), path, report, decoder);
        } catch (MalformedMessageException e) {
            throw new InvalidResourceException(path, String.valueOf(e.getMessage()));
        }
    }

    /** The full name of what is held, or, of settings in a {@code TypedStruct}, of the message that they are for. */
    String typeName() {
        String outer = MessageType.nameIn(typeUrl());
        if (!holds(TypedStruct.TYPE)) {
            return outer;
        }
        try {
            return MessageType.nameIn(Any.unpack(any, TypedStruct.TYPE).get(TypedStruct.TYPE_URL));
        } catch (MalformedMessageException e) {
            return outer;
        }
    }

    /** Reports that we do not know what is held. */
    void unsupported() {
        report.add(path + "(" + typeName() + ")");
    }
}
