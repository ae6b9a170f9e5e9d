package io.inmesh.xds.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Types of fields that hold {@code google.protobuf}'s own messages, shown as what Java has for them. Presence is that of the message: an
 * absent {@code UInt32Value} and one of 0 are told apart by {@link Message#find}.
 */
public final class WellKnown {

    public static final FieldType<Boolean> BOOL_VALUE = wrapper("BoolValue", FieldType.BOOL);
    public static final FieldType<Integer> INT32_VALUE = wrapper("Int32Value", FieldType.INT32);
    public static final FieldType<Long> UINT32_VALUE = wrapper("UInt32Value", FieldType.UINT32);
    public static final FieldType<Long> UINT64_VALUE = wrapper("UInt64Value", FieldType.UINT64);
    public static final FieldType<Double> DOUBLE_VALUE = wrapper("DoubleValue", FieldType.DOUBLE);
    public static final FieldType<String> STRING_VALUE = wrapper("StringValue", FieldType.STRING);

    /** Out of range durations are cut to protobuf's bounds of about ten thousand years. */
    public static final FieldType<Duration> DURATION =
            FieldType.viewed(() -> DurationMessage.TYPE, DurationMessage::view, DurationMessage::raw);

    /** Out of range instants are cut to the years 1 to 9999. */
    public static final FieldType<Instant> TIMESTAMP =
            FieldType.viewed(() -> TimestampMessage.TYPE, TimestampMessage::view, TimestampMessage::raw);

    /** See {@link Any}. */
    public static final FieldType<Message> ANY = FieldType.message(() -> Any.TYPE);

    /** See {@link Struct}. */
    public static final FieldType<Message> STRUCT = FieldType.message(() -> Struct.TYPE);

    /** See {@link Struct.Value}. */
    public static final FieldType<Message> VALUE = FieldType.message(() -> Struct.Value.TYPE);

    /** A message without fields. */
    public static final MessageType EMPTY =
            Declaration.of("google.protobuf.Empty").type();

    private WellKnown() {}

    private static <T> FieldType<T> wrapper(String name, FieldType<T> inner) {
        Declaration declaration = Declaration.of("google.protobuf." + name);
        Field<T> value = declaration.field(1, "value", inner);
        MessageType type = declaration.type();
        Function<Message, T> view = message -> message.get(value);
        return FieldType.viewed(() -> type, view, plain -> Message.of(type).with(value, plain));
    }

    /** {@code google.protobuf.Duration}. */
    static final class DurationMessage {
        private static final long MAX_SECONDS = 315_576_000_000L;
        private static final Declaration D = Declaration.of("google.protobuf.Duration");
        private static final Field<Long> SECONDS = D.field(1, "seconds", FieldType.INT64);
        private static final Field<Integer> NANOS = D.field(2, "nanos", FieldType.INT32);
        static final MessageType TYPE = D.type();

        private DurationMessage() {}

        static Duration view(Message message) {
            long seconds = Math.max(-MAX_SECONDS, Math.min(MAX_SECONDS, message.get(SECONDS)));
            return Duration.ofSeconds(seconds, message.get(NANOS));
        }

        static Message raw(Duration duration) {
            // Java keeps nanos positive; protobuf gives them the sign of the seconds.
            boolean borrow = duration.isNegative() && duration.getNano() > 0;
            return Message.of(TYPE)
                    .with(SECONDS, duration.getSeconds() + (borrow ? 1 : 0))
                    .with(NANOS, duration.getNano() - (borrow ? 1_000_000_000 : 0));
        }
    }

    /** {@code google.protobuf.Timestamp}. */
    static final class TimestampMessage {
        private static final long MIN_SECONDS = -62_135_596_800L;
        private static final long MAX_SECONDS = 253_402_300_799L;
        private static final Declaration D = Declaration.of("google.protobuf.Timestamp");
        private static final Field<Long> SECONDS = D.field(1, "seconds", FieldType.INT64);
        private static final Field<Integer> NANOS = D.field(2, "nanos", FieldType.INT32);
        static final MessageType TYPE = D.type();

        private TimestampMessage() {}

        static Instant view(Message message) {
            long seconds = Math.max(MIN_SECONDS, Math.min(MAX_SECONDS, message.get(SECONDS)));
            return Instant.ofEpochSecond(seconds, message.get(NANOS));
        }

        static Message raw(Instant instant) {
            return Message.of(TYPE).with(SECONDS, instant.getEpochSecond()).with(NANOS, instant.getNano());
        }
    }
}
