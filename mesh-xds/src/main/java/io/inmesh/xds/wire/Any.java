package io.inmesh.xds.wire;

/** {@code google.protobuf.Any}: a message with the name of its type. */
public final class Any {

    private static final Declaration D = Declaration.of("google.protobuf.Any");
    public static final Field<String> TYPE_URL = D.field(1, "type_url", FieldType.STRING);
    public static final Field<Bytes> VALUE = D.field(2, "value", FieldType.BYTES);
    public static final MessageType TYPE = D.type();

    private Any() {}

    /** Puts a message into an Any. */
    public static Message pack(Message message) {
        return Message.of(TYPE).with(TYPE_URL, message.type().typeUrl()).with(VALUE, message.toWire());
    }

    /** Whether an Any says that it holds a message of the type. */
    public static boolean holds(Message any, MessageType type) {
        return MessageType.nameIn(any.get(TYPE_URL)).equals(type.fullName());
    }

    /**
     * Reads the message in an Any.
     *
     * @throws MalformedMessageException if it says it holds another type, or does not hold what it says
     */
    public static Message unpack(Message any, MessageType type) throws MalformedMessageException {
        if (!holds(any, type)) {
            throw new MalformedMessageException("Not a " + type + " but a " + any.get(TYPE_URL));
        }
        return Message.parse(type, any.get(VALUE));
    }
}
