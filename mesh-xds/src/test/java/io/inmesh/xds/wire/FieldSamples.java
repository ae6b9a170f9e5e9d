package io.inmesh.xds.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets fields to some value, whatever their type. */
public final class FieldSamples {

    private FieldSamples() {}

    /** The message with the field set to some value. */
    public static Message with(Message message, Field<?> field) {
        return set(message, field, sample(field.type()));
    }

    /** The message with the field, a message or a list or map of messages, set to that one. */
    public static Message with(Message message, Field<?> field, Message value) {
        return set(message, field, value);
    }

    /** The message with each constant of the field's enum, if it is one. */
    public static List<Message> withEachConstant(Message message, Field<?> field) {
        List<Message> messages = new ArrayList<>();
        for (WireEnum constant : field.type().constants()) {
            messages.add(set(message, field, constant));
        }
        return messages;
    }

    /** The type of the messages that the field holds. */
    public static Optional<MessageType> nested(Field<?> field) {
        return field.type().kind() == Kind.MESSAGE ? Optional.of(field.type().messageType()) : Optional.empty();
    }

    /** The first field that holds one text. */
    public static Optional<Field<?>> firstText(MessageType type) {
        for (Field<?> field : type.fields()) {
            if (field.type().kind() == Kind.STRING && field.label() == Field.Label.SINGULAR) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    private static <T> Message set(Message message, Field<T> field, Object value) {
        Object stored =
                switch (field.label()) {
                    case SINGULAR -> value;
                    case REPEATED -> List.of(value);
                    case MAP -> Map.of("key", value);
                };
        return message.with(field, field.view(stored));
    }

    private static Object sample(FieldType<?> type) {
        return switch (type.kind()) {
            case BOOL -> true;
            case INT32 -> 1;
            case UINT32, INT64, UINT64 -> 1L;
            case DOUBLE -> 1.0;
            // A text that is also an address.
            case STRING -> "127.0.0.1";
            case BYTES -> Bytes.utf8("text");
            case ENUM -> type.constants().get(type.constants().size() - 1);
            case MESSAGE -> type.messageType().empty();
        };
    }
}
