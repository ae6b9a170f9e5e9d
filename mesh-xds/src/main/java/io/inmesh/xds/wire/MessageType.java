package io.inmesh.xds.wire;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A declared message. Types are compared by identity. Immutable. */
public final class MessageType {

    private static final String URL_PREFIX = "type.googleapis.com/";

    private final String fullName;
    private final List<Field<?>> fields;
    private final List<Field<?>> fieldsByNumber;
    private final Map<Integer, Field<?>> byNumber = new HashMap<>();
    private final Map<Integer, String> others;
    private final Message empty;

    MessageType(String fullName, List<Field<?>> fields, Map<Integer, String> others) {
        this.fullName = fullName;
        this.fields = List.copyOf(fields);
        this.fieldsByNumber =
                fields.stream().sorted(Comparator.comparingInt(Field::number)).toList();
        for (Field<?> field : fields) {
            if (byNumber.put(field.number(), field) != null) {
                throw new IllegalArgumentException(fullName + " has two fields of number " + field.number());
            }
        }
        this.others = Map.copyOf(others);
        this.empty = new Message(this, new @Nullable Object[fields.size()], List.of());
    }

    /** The full name in the {@code .proto} file, such as {@code envoy.config.route.v3.Route}. */
    public String fullName() {
        return fullName;
    }

    /** The name in {@code Any} and in discovery. */
    public String typeUrl() {
        return URL_PREFIX + fullName;
    }

    /** The full name in a type URL: what stands behind its last slash. */
    public static String nameIn(String typeUrl) {
        return typeUrl.substring(typeUrl.lastIndexOf('/') + 1);
    }

    /** The declared fields, in order of declaration. */
    public List<Field<?>> fields() {
        return fields;
    }

    /** Names by number of the fields that are known to exist and not implemented. */
    public Map<Integer, String> others() {
        return others;
    }

    /** The message without any field. */
    public Message empty() {
        return empty;
    }

    /** A field's name if it is known, else its number. */
    public String nameOf(int number) {
        Field<?> field = byNumber.get(number);
        return field != null ? field.name() : others.getOrDefault(number, Integer.toString(number));
    }

    List<Field<?>> fieldsByNumber() {
        return fieldsByNumber;
    }

    @Nullable
    Field<?> field(int number) {
        return byNumber.get(number);
    }

    /** The field's slot in messages of this type. */
    int slot(Field<?> field) {
        int index = field.index();
        if (index >= fields.size() || fields.get(index) != field) {
            throw new IllegalArgumentException(field + " is no field of " + fullName);
        }
        return index;
    }

    @Override
    public String toString() {
        return fullName;
    }
}
