package io.inmesh.xds.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A message of a declared type. Immutable: {@link #with} returns a new one.
 *
 * <pre>{@code
 * Message route = Message.of(Route.TYPE).with(Route.NAME, "default").with(Route.MATCH, match);
 * }</pre>
 *
 * Two messages are equal if their types, fields and unknown fields are.
 */
public final class Message {

    private final MessageType type;
    private final @Nullable Object[] slots;
    private final List<UnknownField> unknownFields;

    Message(MessageType type, @Nullable Object[] slots, List<UnknownField> unknownFields) {
        this.type = type;
        this.slots = slots;
        this.unknownFields = unknownFields;
    }

    /** An empty message. */
    public static Message of(MessageType type) {
        return type.empty();
    }

    /**
     * Reads a message within {@link Limits#DEFAULT}. The message may refer to parts of the array, which must not change any more.
     *
     * @throws MalformedMessageException if the bytes are no message of any type, or go beyond the limits
     */
    public static Message parse(MessageType type, byte[] bytes) throws MalformedMessageException {
        return parse(type, Bytes.slice(bytes, 0, bytes.length), Limits.DEFAULT);
    }

    /** As {@link #parse(MessageType, byte[])}. */
    public static Message parse(MessageType type, Bytes bytes) throws MalformedMessageException {
        return parse(type, bytes, Limits.DEFAULT);
    }

    /** As {@link #parse(MessageType, byte[])}, within other limits. */
    public static Message parse(MessageType type, Bytes bytes, Limits limits) throws MalformedMessageException {
        return MessageBuilder.parse(type, bytes, limits);
    }

    public MessageType type() {
        return type;
    }

    /** The field's value; if it is absent, its zero: an empty text, list, map or message, 0, false. */
    public <T> T get(Field<T> field) {
        return field.view(stored(field));
    }

    /** The field's value, if it is there. */
    public <T> Optional<T> find(Field<T> field) {
        Object stored = slots[type.slot(field)];
        return stored == null ? Optional.empty() : Optional.of(field.view(stored));
    }

    /**
     * Whether the field is there. One without presence (a scalar outside of a oneof, a list, a map) is there if it is not zero or
     * empty.
     */
    public boolean has(Field<?> field) {
        return slots[type.slot(field)] != null;
    }

    /** The member of a oneof that is there, if any is. */
    public Optional<Field<?>> which(String oneof) {
        for (Field<?> field : type.fields()) {
            if (oneof.equals(field.oneof()) && has(field)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /**
     * This message with another value of a field. Members of the same oneof are cleared.
     *
     * @param value null clears the field
     */
    public <T> Message with(Field<T> field, @Nullable T value) {
        @Nullable Object[] changed = slots.clone();
        int slot = type.slot(field);
        if (field.oneof() != null && value != null) {
            for (Field<?> other : type.fields()) {
                if (field.oneof().equals(other.oneof())) {
                    changed[other.index()] = null;
                }
            }
        }
        Object stored = value == null ? null : field.raw(value);
        boolean zero = stored != null && !field.hasPresence() && stored.equals(field.absent());
        changed[slot] = zero ? null : stored;
        return new Message(type, changed, unknownFields);
    }

    /** This message with one more value at the end of a list. */
    public <T> Message adding(Field<List<T>> field, T value) {
        List<T> values = new ArrayList<>(get(field));
        values.add(value);
        return with(field, values);
    }

    /** What the type does not declare, in the order of its coming. */
    public List<UnknownField> unknownFields() {
        return unknownFields;
    }

    /** The fields that are there, in order of declaration. */
    public List<Field<?>> presentFields() {
        List<Field<?>> present = new ArrayList<>();
        for (Field<?> field : type.fields()) {
            if (slots[field.index()] != null) {
                present.add(field);
            }
        }
        return present;
    }

    /** The wire form. Equal messages give equal bytes: fields by number, map entries by key, unknown fields last. */
    public byte[] toBytes() {
        WireWriter out = new WireWriter();
        writeTo(out);
        return out.toByteArray();
    }

    /** The wire form, as {@link #toBytes()}. */
    public Bytes toWire() {
        byte[] bytes = toBytes();
        return Bytes.slice(bytes, 0, bytes.length);
    }

    /** This message with another value in each field that is there; lists and maps stay. */
    Message mapped(UnaryOperator<Object> change) {
        @Nullable Object[] changed = slots.clone();
        for (int i = 0; i < changed.length; i++) {
            Object slot = changed[i];
            changed[i] = slot == null || slot instanceof Iterable<?> || slot instanceof Map<?, ?>
                    ? slot
                    : change.apply(slot);
        }
        return new Message(type, changed, unknownFields);
    }

    Object stored(Field<?> field) {
        Object stored = slots[type.slot(field)];
        return stored == null ? field.absent() : stored;
    }

    void writeTo(WireWriter out) {
        for (int i = unknownFields.size() - 1; i >= 0; i--) {
            UnknownField field = unknownFields.get(i);
            out.raw(field.content());
            out.tag(field.number(), field.wireType());
        }
        List<Field<?>> fields = type.fieldsByNumber();
        for (int i = fields.size() - 1; i >= 0; i--) {
            Field<?> field = fields.get(i);
            Object stored = slots[field.index()];
            if (stored != null) {
                writeField(out, field, stored);
            }
        }
    }

    private static void writeField(WireWriter out, Field<?> field, Object stored) {
        switch (field.label()) {
            case SINGULAR -> writeValue(out, field, stored);
            case REPEATED -> writeList(out, field, (List<?>) stored);
            case MAP -> writeMap(out, field, (Map<?, ?>) stored);
        }
    }

    private static void writeValue(WireWriter out, Field<?> field, Object value) {
        Kind kind = field.type().kind();
        kind.write(out, value);
        out.tag(field.number(), kind.wireType());
    }

    private static void writeList(WireWriter out, Field<?> field, List<?> values) {
        Kind kind = field.type().kind();
        int before = out.length();
        for (int i = values.size() - 1; i >= 0; i--) {
            if (kind.packable()) {
                kind.write(out, values.get(i));
            } else {
                writeValue(out, field, values.get(i));
            }
        }
        if (kind.packable()) {
            out.varint(out.length() - before);
            out.tag(field.number(), WireReader.DELIMITED);
        }
    }

    private static void writeMap(WireWriter out, Field<?> field, Map<?, ?> map) {
        List<Field<?>> entry = field.entryType().fields();
        new TreeMap<>(map).descendingMap().forEach((key, value) -> {
            int before = out.length();
            writeValue(out, entry.get(1), value);
            writeValue(out, entry.get(0), key);
            out.varint(out.length() - before);
            out.tag(field.number(), WireReader.DELIMITED);
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that
                && type == that.type
                && Arrays.equals(slots, that.slots)
                && unknownFields.equals(that.unknownFields);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(slots) * 31 + unknownFields.hashCode();
    }

    /** The JSON form on one line, for people. */
    @Override
    public String toString() {
        return type.fullName() + JsonPrinter.compact().print(this);
    }
}
