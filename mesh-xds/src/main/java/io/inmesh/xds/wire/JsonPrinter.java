package io.inmesh.xds.wire;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prints messages in protobuf's JSON form, fields by name in lowerCamelCase. What an {@code Any} holds is printed if the registry has its
 * type; otherwise it is shown in base64. Unknown fields are left out, as protobuf does. Immutable.
 *
 * @see <a href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>
 */
public final class JsonPrinter {

    private static final String REDACTED = "[redacted]";

    private final TypeRegistry registry;
    private final int indent;
    private final boolean admin;
    private final Set<Field<?>> sensitive;

    private JsonPrinter(TypeRegistry registry, int indent, boolean admin, Set<Field<?>> sensitive) {
        this.registry = registry;
        this.indent = indent;
        this.admin = admin;
        this.sensitive = sensitive;
    }

    /** On one line; looks into no Any. */
    public static JsonPrinter compact() {
        return new JsonPrinter(TypeRegistry.EMPTY, 0, false, Set.of());
    }

    /** On several lines, two spaces a level. */
    public static JsonPrinter pretty(TypeRegistry registry) {
        return new JsonPrinter(registry, 2, false, Set.of());
    }

    /**
     * As Envoy's admin endpoint prints: fields by their own names, one space a level. What an {@code Any} of an unregistered type holds is
     * left out, because nobody can tell what in it is secret.
     *
     * @param sensitive fields whose texts and bytes show as {@code [redacted]}
     */
    public static JsonPrinter admin(TypeRegistry registry, Set<Field<?>> sensitive) {
        return new JsonPrinter(registry, 1, true, Set.copyOf(sensitive));
    }

    /** The message's JSON. */
    public String print(Message message) {
        JsonText out = indent == 0 ? JsonText.compact() : JsonText.indented(indent);
        printMessage(out, message);
        return out.toString();
    }

    private void printMessage(JsonText out, Message message) {
        MessageType type = message.type();
        if (type == Any.TYPE) {
            printAny(out, message);
        } else if (!printWellKnown(out, message)) {
            out.beginObject();
            printFields(out, message);
            out.endObject();
        }
    }

    /** Messages with a JSON form of their own. */
    private boolean printWellKnown(JsonText out, Message message) {
        MessageType type = message.type();
        if (type == WellKnown.DurationMessage.TYPE) {
            out.string(seconds(WellKnown.DurationMessage.view(message)));
        } else if (type == WellKnown.TimestampMessage.TYPE) {
            out.string(WellKnown.TimestampMessage.view(message).toString());
        } else if (type == Struct.TYPE) {
            printMap(out, message.get(Struct.FIELDS), Struct.Value.TYPE.fields().get(0));
        } else if (type == Struct.ListValue.TYPE) {
            out.beginArray();
            for (Message value : message.get(Struct.ListValue.VALUES)) {
                out.element();
                printMessage(out, value);
            }
            out.endArray();
        } else if (type == Struct.Value.TYPE) {
            printJsonValue(out, message);
        } else if (type.fullName().startsWith("google.protobuf.")
                && type.fullName().endsWith("Value")) {
            Field<?> value = type.fields().get(0);
            printValue(out, value, message.stored(value));
        } else {
            return false;
        }
        return true;
    }

    private void printJsonValue(JsonText out, Message value) {
        Optional<Field<?>> kind = value.which("kind");
        if (kind.isEmpty()) {
            out.literal("null");
        } else {
            printValue(out, kind.get(), value.stored(kind.get()));
        }
    }

    private void printAny(JsonText out, Message any) {
        out.beginObject();
        String typeUrl = any.get(Any.TYPE_URL);
        if (!typeUrl.isEmpty()) {
            out.key("@type");
            out.string(typeUrl);
        }
        Optional<Message> held = unpack(any, typeUrl);
        if (held.isEmpty()) {
            if (!admin) {
                out.key("value");
                out.string(base64(any.get(Any.VALUE)));
            }
        } else if (hasOwnForm(held.get())) {
            out.key("value");
            printMessage(out, held.get());
        } else {
            printFields(out, held.get());
        }
        out.endObject();
    }

    private Optional<Message> unpack(Message any, String typeUrl) {
        Optional<MessageType> type = registry.find(typeUrl);
        try {
            return type.isEmpty() ? Optional.empty() : Optional.of(Message.parse(type.get(), any.get(Any.VALUE)));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private static boolean hasOwnForm(Message message) {
        return message.type().fullName().startsWith("google.protobuf.");
    }

    private void printFields(JsonText out, Message message) {
        for (Field<?> field : message.type().fieldsByNumber()) {
            if (message.has(field)) {
                out.key(admin ? field.name() : camelCase(field.name()));
                printField(
                        out,
                        field,
                        sensitive.contains(field) ? redacted(message.stored(field)) : message.stored(field));
            }
        }
    }

    private static Object redacted(Object stored) {
        if (stored instanceof String) {
            return REDACTED;
        } else if (stored instanceof Bytes) {
            return Bytes.utf8(REDACTED);
        }
        return stored instanceof Message message ? message.mapped(JsonPrinter::redacted) : stored;
    }

    private void printField(JsonText out, Field<?> field, Object stored) {
        switch (field.label()) {
            case SINGULAR -> printValue(out, field, stored);
            case REPEATED -> {
                out.beginArray();
                for (Object value : (List<?>) stored) {
                    out.element();
                    printValue(out, field, value);
                }
                out.endArray();
            }
            case MAP ->
                printMap(out, (Map<?, ?>) stored, field.entryType().fields().get(1));
        }
    }

    private void printMap(JsonText out, Map<?, ?> map, Field<?> valueField) {
        out.beginObject();
        new TreeMap<>(map).forEach((key, value) -> {
            out.key(key.toString());
            if (value instanceof Message message) {
                printMessage(out, message);
            } else {
                printValue(out, valueField, value);
            }
        });
        out.endObject();
    }

    private void printValue(JsonText out, Field<?> field, Object value) {
        switch (field.type().kind()) {
            case BOOL, INT32, UINT32 -> out.literal(value.toString());
            case INT64 -> out.string(value.toString());
            case UINT64 -> out.string(Long.toUnsignedString((Long) value));
            case DOUBLE -> out.number((Double) value);
            case STRING -> out.string((String) value);
            case BYTES -> out.string(base64((Bytes) value));
            case ENUM -> printEnum(out, (WireEnum) value);
            case MESSAGE -> printMessage(out, (Message) value);
        }
    }

    private static void printEnum(JsonText out, WireEnum constant) {
        if (constant instanceof Struct.NullValue) {
            out.literal("null");
        } else {
            out.string(constant.name());
        }
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Protobuf writes no fraction, or one of three, six or nine digits. */
    private static String seconds(Duration duration) {
        Duration positive = duration.abs();
        String fraction = String.format(Locale.ROOT, "%09d", positive.getNano());
        int digits =
                fraction.equals("000000000") ? 0 : fraction.endsWith("000000") ? 3 : fraction.endsWith("000") ? 6 : 9;
        return (duration.isNegative() ? "-" : "")
                + positive.getSeconds()
                + (digits == 0 ? "" : "." + fraction.substring(0, digits))
                + "s";
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char next = name.charAt(i);
            if (next == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(next) : next);
                upper = false;
            }
        }
        return camel.toString();
    }
}
