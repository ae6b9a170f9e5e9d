package io.inmesh.xds.wire;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a field's values are: a scalar, an enum, a message, or a well-known message that Java has a better type for. Immutable.
 *
 * @param <T> the values' type in Java; {@code uint32} is a Long
 */
public final class FieldType<T> {

    public static final FieldType<Boolean> BOOL = scalar(Kind.BOOL, Boolean.class);
    public static final FieldType<Integer> INT32 = scalar(Kind.INT32, Integer.class);
    public static final FieldType<Long> UINT32 = scalar(Kind.UINT32, Long.class);
    public static final FieldType<Long> INT64 = scalar(Kind.INT64, Long.class);
    public static final FieldType<Long> UINT64 = scalar(Kind.UINT64, Long.class);
    public static final FieldType<Double> DOUBLE = scalar(Kind.DOUBLE, Double.class);
    public static final FieldType<String> STRING = scalar(Kind.STRING, String.class);
    public static final FieldType<Bytes> BYTES = scalar(Kind.BYTES, Bytes.class);

    private final Kind kind;
    private final @Nullable Supplier<MessageType> message;
    private final List<? extends WireEnum> constants;
    private final Function<Object, T> view;
    private final Function<T, Object> raw;

    private FieldType(
            Kind kind,
            @Nullable Supplier<MessageType> message,
            List<? extends WireEnum> constants,
            Function<Object, T> view,
            Function<T, Object> raw) {
        this.kind = kind;
        this.message = message;
        this.constants = constants;
        this.view = view;
        this.raw = raw;
    }

    /** A message; the type is asked for when it is first needed, so that messages may hold one another. */
    public static FieldType<Message> message(Supplier<MessageType> type) {
        return new FieldType<>(Kind.MESSAGE, type, List.of(), Message.class::cast, value -> value);
    }

    /** A message that fields of this type show as something else. */
    static <T> FieldType<T> viewed(Supplier<MessageType> type, Function<Message, T> view, Function<T, Message> raw) {
        return new FieldType<>(
                Kind.MESSAGE, type, List.of(), value -> view.apply((Message) value), value -> raw.apply(value));
    }

    /** An enum, whose constants include that of number 0. */
    public static <E extends Enum<E> & WireEnum> FieldType<E> enumeration(Class<E> type) {
        return new FieldType<>(Kind.ENUM, null, List.of(type.getEnumConstants()), type::cast, value -> value);
    }

    private static <T> FieldType<T> scalar(Kind kind, Class<T> type) {
        return new FieldType<>(kind, null, List.of(), type::cast, value -> value);
    }

    Kind kind() {
        return kind;
    }

    /** The message's type; only for messages. */
    MessageType messageType() {
        if (message == null) {
            throw new IllegalStateException("Not a message but " + kind);
        }
        return message.get();
    }

    /** An enum's constants; empty for everything else. */
    List<? extends WireEnum> constants() {
        return constants;
    }

    @Nullable
    Object constant(int number) {
        for (WireEnum constant : constants) {
            if (constant.number() == number) {
                return constant;
            }
        }
        return null;
    }

    /** What an absent value reads as, in the stored form. */
    Object zero() {
        return switch (kind) {
            case MESSAGE -> messageType().empty();
            case ENUM -> {
                Object zero = constant(0);
                if (zero == null) {
                    throw new IllegalStateException("An enum has a constant of number 0");
                }
                yield zero;
            }
            default -> kind.zero();
        };
    }

    T view(Object stored) {
        return view.apply(stored);
    }

    Object raw(T value) {
        return raw.apply(value);
    }
}
