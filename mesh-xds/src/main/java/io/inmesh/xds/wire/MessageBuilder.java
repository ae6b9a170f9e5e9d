package io.inmesh.xds.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message while it is being read. A field may come again and again: the last scalar wins, messages are merged, lists grow. Nested
 * messages stay builders until the end, so that merging never copies what is there already.
 */
final class MessageBuilder {

    private final MessageType type;
    private final @Nullable Object[] slots;
    private final List<UnknownField> unknown = new ArrayList<>(0);

    MessageBuilder(MessageType type) {
        this.type = type;
        this.slots = new @Nullable Object[type.fields().size()];
    }

    static Message parse(MessageType type, Bytes bytes, Limits limits) throws MalformedMessageException {
        MessageBuilder builder = new MessageBuilder(type);
        builder.mergeFrom(new WireReader(bytes, limits));
        return builder.build();
    }

    private void mergeFrom(WireReader in) throws MalformedMessageException {
        while (!in.atEnd()) {
            in.count();
            int tag = in.tag();
            int wireType = tag & 7;
            Field<?> field = type.field(tag >>> 3);
            if (field != null && wireType == field.type().kind().wireType()) {
                read(field, in);
            } else if (field != null && isPacked(field, wireType)) {
                readPacked(field, in);
            } else {
                readUnknown(tag, in);
            }
        }
    }

    private static boolean isPacked(Field<?> field, int wireType) {
        return field.label() == Field.Label.REPEATED
                && field.type().kind().packable()
                && wireType == WireReader.DELIMITED;
    }

    private void readUnknown(int tag, WireReader in) throws MalformedMessageException {
        int start = in.position();
        in.skip(tag);
        unknown.add(new UnknownField(tag >>> 3, tag & 7, in.since(start)));
    }

    private void readPacked(Field<?> field, WireReader in) throws MalformedMessageException {
        int outer = in.enter();
        while (!in.atEnd()) {
            in.count();
            read(field, in);
        }
        in.leave(outer);
    }

    private void read(Field<?> field, WireReader in) throws MalformedMessageException {
        switch (field.label()) {
            case SINGULAR -> readSingular(field, in);
            case REPEATED -> readElement(field, in);
            case MAP -> readEntry(field, in);
        }
    }

    private void readSingular(Field<?> field, WireReader in) throws MalformedMessageException {
        int slot = field.index();
        if (field.type().kind() == Kind.MESSAGE) {
            MessageBuilder nested = slots[slot] instanceof MessageBuilder earlier
                    ? earlier
                    : new MessageBuilder(field.type().messageType());
            nested.mergeNested(in);
            clearOneof(field);
            slots[slot] = nested;
        } else {
            Object value = readScalar(field, in);
            clearOneof(field);
            boolean dropped = value == null || (!field.hasPresence() && value.equals(field.absent()));
            slots[slot] = dropped ? null : value;
        }
    }

    private void readElement(Field<?> field, WireReader in) throws MalformedMessageException {
        Object value;
        if (field.type().kind() == Kind.MESSAGE) {
            MessageBuilder nested = new MessageBuilder(field.type().messageType());
            nested.mergeNested(in);
            value = nested.build();
        } else {
            value = readScalar(field, in);
        }
        if (value != null) {
            list(field).add(value);
        }
    }

    /** Entries are messages of a key and a value on the wire. */
    private void readEntry(Field<?> field, WireReader in) throws MalformedMessageException {
        MessageType entry = field.entryType();
        MessageBuilder nested = new MessageBuilder(entry);
        nested.mergeNested(in);
        Message read = nested.build();
        map(field)
                .put(
                        read.stored(entry.fields().get(0)),
                        read.stored(entry.fields().get(1)));
    }

    private void mergeNested(WireReader in) throws MalformedMessageException {
        int outer = in.enter();
        mergeFrom(in);
        in.leave(outer);
    }

    /** Null for a number that the enum does not have; it is then kept as unknown. */
    private @Nullable Object readScalar(Field<?> field, WireReader in) throws MalformedMessageException {
        int start = in.position();
        Object value = field.type().kind().read(in);
        if (field.type().kind() != Kind.ENUM) {
            return value;
        }
        Object constant = field.type().constant((Integer) value);
        if (constant == null) {
            unknown.add(new UnknownField(field.number(), WireReader.VARINT, in.since(start)));
        }
        return constant;
    }

    private void clearOneof(Field<?> field) {
        if (field.oneof() != null) {
            for (Field<?> other : type.fields()) {
                if (other != field && field.oneof().equals(other.oneof())) {
                    slots[other.index()] = null;
                }
            }
        }
    }

    private List<Object> list(Field<?> field) {
        if (slots[field.index()] instanceof Elements elements) {
            return elements.values();
        }
        Elements elements = new Elements(new ArrayList<>());
        slots[field.index()] = elements;
        return elements.values();
    }

    private Map<Object, Object> map(Field<?> field) {
        if (slots[field.index()] instanceof Entries entries) {
            return entries.values();
        }
        Entries entries = new Entries(new LinkedHashMap<>());
        slots[field.index()] = entries;
        return entries.values();
    }

    private Message build() {
        @Nullable Object[] stored = new @Nullable Object[slots.length];
        for (int i = 0; i < slots.length; i++) {
            Object slot = slots[i];
            if (slot instanceof MessageBuilder nested) {
                stored[i] = nested.build();
            } else if (slot instanceof Elements elements) {
                stored[i] = Collections.unmodifiableList(elements.values());
            } else if (slot instanceof Entries entries) {
                stored[i] = Collections.unmodifiableMap(entries.values());
            } else {
                stored[i] = slot;
            }
        }
        return new Message(type, stored, List.copyOf(unknown));
    }

    /** A list while it grows. */
    private record Elements(List<Object> values) {}

    /** A map while it grows. */
    private record Entries(Map<Object, Object> values) {}
}
