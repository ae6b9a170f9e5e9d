package io.inmesh.xds.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code google.protobuf.Struct}: a JSON object. */
public final class Struct {

    private static final Declaration D = Declaration.of("google.protobuf.Struct");
    public static final Field<Map<String, Message>> FIELDS =
            D.map(1, "fields", FieldType.STRING, FieldType.message(() -> Value.TYPE));
    public static final MessageType TYPE = D.type();

    private Struct() {}

    /**
     * A struct of Java values: null, Boolean, Number, String, List and Map with text keys.
     *
     * @throws IllegalArgumentException for any other class
     */
    public static Message of(Map<String, ?> values) {
        Map<String, Message> fields = new LinkedHashMap<>();
        values.forEach((key, value) -> fields.put(key, Value.of(value)));
        return Message.of(TYPE).with(FIELDS, fields);
    }

    /** {@code google.protobuf.NullValue}. */
    public enum NullValue implements WireEnum {
        NULL_VALUE;

        @Override
        public int number() {
            return 0;
        }
    }

    /** {@code google.protobuf.Value}: a JSON value. */
    public static final class Value {
        private static final Declaration D = Declaration.of("google.protobuf.Value");
        public static final Field<NullValue> NULL_VALUE =
                D.oneof("kind", 1, "null_value", FieldType.enumeration(NullValue.class));
        public static final Field<Double> NUMBER_VALUE = D.oneof("kind", 2, "number_value", FieldType.DOUBLE);
        public static final Field<String> STRING_VALUE = D.oneof("kind", 3, "string_value", FieldType.STRING);
        public static final Field<Boolean> BOOL_VALUE = D.oneof("kind", 4, "bool_value", FieldType.BOOL);
        public static final Field<Message> STRUCT_VALUE =
                D.oneof("kind", 5, "struct_value", FieldType.message(() -> Struct.TYPE));
        public static final Field<Message> LIST_VALUE =
                D.oneof("kind", 6, "list_value", FieldType.message(() -> ListValue.TYPE));
        public static final MessageType TYPE = D.type();

        private Value() {}

        /** A value of a Java value, as {@link Struct#of}. */
        public static Message of(@Nullable Object value) {
            Message empty = Message.of(TYPE);
            if (value == null) {
                return empty.with(NULL_VALUE, NullValue.NULL_VALUE);
            } else if (value instanceof Boolean bool) {
                return empty.with(BOOL_VALUE, bool);
            } else if (value instanceof Number number) {
                return empty.with(NUMBER_VALUE, number.doubleValue());
            } else if (value instanceof String text) {
                return empty.with(STRING_VALUE, text);
            } else if (value instanceof List<?> list) {
                return empty.with(LIST_VALUE, ListValue.of(list));
            } else if (value instanceof Map<?, ?> map) {
                Map<String, Object> named = new LinkedHashMap<>();
                map.forEach((key, element) -> named.put((String) key, element));
                return empty.with(STRUCT_VALUE, Struct.of(named));
            }
            throw new IllegalArgumentException("JSON has no " + value.getClass());
        }
    }

    /** {@code google.protobuf.ListValue}: a JSON array. */
    public static final class ListValue {
        private static final Declaration D = Declaration.of("google.protobuf.ListValue");
        public static final Field<List<Message>> VALUES = D.repeated(1, "values", FieldType.message(() -> Value.TYPE));
        public static final MessageType TYPE = D.type();

        private ListValue() {}

        static Message of(List<?> values) {
            return Message.of(TYPE).with(VALUES, values.stream().map(Value::of).toList());
        }
    }
}
