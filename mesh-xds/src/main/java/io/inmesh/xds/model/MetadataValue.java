package io.inmesh.xds.model;

import java.util.List;
import java.util.Map;

/** A value of protobuf's {@code Struct}: what JSON can say. */
public sealed interface MetadataValue {

    /** A string. */
    record Text(String value) implements MetadataValue {}

    /** A number; JSON has doubles only. */
    record Numeric(double value) implements MetadataValue {}

    /** True or false. */
    record Bool(boolean value) implements MetadataValue {}

    /** JSON's null. */
    record Null() implements MetadataValue {}

    /** Values in order. */
    record Items(List<MetadataValue> values) implements MetadataValue {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** Values by name. */
    record Struct(Map<String, MetadataValue> fields) implements MetadataValue {

        /** No fields at all. */
        public static final Struct EMPTY = new Struct(Map.of());

        public Struct {
            fields = Map.copyOf(fields);
        }
    }
}
