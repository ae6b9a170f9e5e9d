package io.inmesh.xds.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Declares a message: first its fields, each kept in a constant, then {@link #type()}. Used in static initialisers only.
 *
 * <pre>{@code
 * private static final Declaration D = Declaration.of("envoy.config.route.v3.Decorator");
 * public static final Field<String> OPERATION = D.field(1, "operation", STRING);
 * public static final MessageType TYPE = D.others("propagate=2").type();
 * }</pre>
 */
public final class Declaration {

    private final String fullName;
    private final List<Field<?>> fields = new ArrayList<>();
    private final Map<Integer, String> others = new LinkedHashMap<>();

    private Declaration(String fullName) {
        this.fullName = fullName;
    }

    /** Begins the declaration of the message of that full name. */
    public static Declaration of(String fullName) {
        return new Declaration(fullName);
    }

    /** A single value. */
    public <T> Field<T> field(int number, String name, FieldType<T> type) {
        return add(Field.singular(position(number, name, null), type));
    }

    /** A member of a oneof: setting it clears the others. */
    public <T> Field<T> oneof(String oneof, int number, String name, FieldType<T> type) {
        return add(Field.singular(position(number, name, oneof), type));
    }

    /** A list. */
    public <T> Field<List<T>> repeated(int number, String name, FieldType<T> type) {
        return add(Field.repeated(position(number, name, null), type));
    }

    /** A map; its order does not count. */
    public <K, V> Field<Map<K, V>> map(int number, String name, FieldType<K> key, FieldType<V> value) {
        return add(Field.map(position(number, name, null), key, value));
    }

    /**
     * Names fields that the message has and we do not implement, so that reports can name them.
     *
     * @param namesAndNumbers such as {@code "propagate=2 other=3"}
     */
    public Declaration others(String namesAndNumbers) {
        for (String other : namesAndNumbers.split(" ", -1)) {
            int equals = other.indexOf('=');
            others.put(Integer.valueOf(other.substring(equals + 1)), other.substring(0, equals));
        }
        return this;
    }

    /** The declared type. */
    public MessageType type() {
        return new MessageType(fullName, fields, others);
    }

    private Field.Position position(int number, String name, @Nullable String oneof) {
        return new Field.Position(fields.size(), number, name, oneof);
    }

    private <T> Field<T> add(Field<T> field) {
        fields.add(field);
        return field;
    }
}
