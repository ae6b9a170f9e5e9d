package io.inmesh.xds.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A declared field of a message type. Made by {@link Declaration}. Immutable.
 *
 * @param <T> what {@link Message#get} returns: the value, or a List or Map of values
 */
public final class Field<T> {

    /** How many values a field has. */
    public enum Label {
        SINGULAR,
        REPEATED,
        MAP
    }

    private final int index;
    private final int number;
    private final String name;
    private final Label label;
    private final FieldType<?> type;
    private final @Nullable MessageType entryType;
    private final @Nullable String oneof;
    private final Function<Object, T> view;
    private final Function<T, Object> raw;

    private Field(
            Position position,
            Label label,
            FieldType<?> type,
            @Nullable MessageType entryType,
            Function<Object, T> view,
            Function<T, Object> raw) {
        this.index = position.index();
        this.number = position.number();
        this.name = position.name();
        this.oneof = position.oneof();
        this.label = label;
        this.type = type;
        this.entryType = entryType;
        this.view = view;
        this.raw = raw;
    }

    /** Where a field stands in its message. */
    record Position(
            int index, int number, String name, @Nullable String oneof) {}

    static <T> Field<T> singular(Position position, FieldType<T> type) {
        return new Field<>(position, Label.SINGULAR, type, null, type::view, type::raw);
    }

    static <T> Field<List<T>> repeated(Position position, FieldType<T> type) {
        return new Field<>(
                position,
                Label.REPEATED,
                type,
                null,
                stored -> ((List<?>) stored).stream().map(type::view).toList(),
                values -> values.stream().map(type::raw).toList());
    }

    static <K, V> Field<Map<K, V>> map(Position position, FieldType<K> key, FieldType<V> value) {
        Declaration entry = Declaration.of(position.name() + " entry");
        entry.field(1, "key", key);
        entry.field(2, "value", value);
        return new Field<>(
                position,
                Label.MAP,
                value,
                entry.type(),
                stored -> {
                    Map<K, V> map = new LinkedHashMap<>();
                    ((Map<?, ?>) stored).forEach((k, v) -> map.put(key.view(k), value.view(v)));
                    return Collections.unmodifiableMap(map);
                },
                values -> {
                    Map<Object, Object> map = new LinkedHashMap<>();
                    values.forEach((k, v) -> map.put(key.raw(k), value.raw(v)));
                    return Collections.unmodifiableMap(map);
                });
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The name in the {@code .proto} file. */
    public String name() {
        return name;
    }

    public Label label() {
        return label;
    }

    /** The oneof that the field is a member of, if any. */
    public @Nullable String oneof() {
        return oneof;
    }

    int index() {
        return index;
    }

    /** The type of the value, of each value of a list, or of the values of a map. */
    FieldType<?> type() {
        return type;
    }

    /** The message of a key and a value that a map's entry is on the wire. */
    MessageType entryType() {
        if (entryType == null) {
            throw new IllegalStateException(name + " is no map");
        }
        return entryType;
    }

    /** Whether an absent value and a zero are different things. */
    boolean hasPresence() {
        return label == Label.SINGULAR && (oneof != null || type.kind() == Kind.MESSAGE);
    }

    /** What an absent field reads as, in the stored form. */
    Object absent() {
        return switch (label) {
            case SINGULAR -> type.zero();
            case REPEATED -> List.of();
            case MAP -> Map.of();
        };
    }

    T view(Object stored) {
        return view.apply(stored);
    }

    Object raw(T value) {
        return raw.apply(value);
    }

    @Override
    public String toString() {
        return name + "=" + number;
    }
}
