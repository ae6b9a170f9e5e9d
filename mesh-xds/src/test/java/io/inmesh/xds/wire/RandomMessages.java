package io.inmesh.xds.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes messages of any declared type, with every field likely to be there. */
final class RandomMessages {

    private static final int MAX_DEPTH = 4;

    private final Random random;

    RandomMessages(long seed) {
        this.random = new Random(seed);
    }

    Message next(MessageType type) {
        return wellFormed(type, -1);
    }

    private Message message(MessageType type, int depth) {
        Message message = Message.of(type);
        for (Field<?> field : type.fields()) {
            if (random.nextInt(3) > 0) {
                message = withRandom(message, field, depth);
            }
        }
        return message;
    }

    private <T> Message withRandom(Message message, Field<T> field, int depth) {
        boolean nested = field.type().kind() == Kind.MESSAGE;
        if (nested && depth == MAX_DEPTH) {
            return message;
        }
        return message.with(field, field.view(stored(field, depth)));
    }

    private Object stored(Field<?> field, int depth) {
        int size = random.nextInt(3);
        if (field.label() == Field.Label.SINGULAR) {
            return value(field.type(), depth);
        } else if (field.label() == Field.Label.REPEATED) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                values.add(value(field.type(), depth));
            }
            return values;
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(value(field.entryType().fields().get(0).type(), depth), value(field.type(), depth));
        }
        return map;
    }

    private Object value(FieldType<?> type, int depth) {
        return switch (type.kind()) {
            case BOOL -> random.nextBoolean();
            case INT32 -> random.nextInt();
            case UINT32 -> random.nextInt() & 0xffff_ffffL;
            case INT64, UINT64 -> random.nextLong() >> random.nextInt(64);
            case DOUBLE -> random.nextDouble() * 1e6;
            case STRING -> text();
            case BYTES -> Bytes.utf8(text());
            case ENUM -> type.constants().get(random.nextInt(type.constants().size()));
            case MESSAGE -> wellFormed(type.messageType(), depth);
        };
    }

    /** Some messages of protobuf's own have rules that go beyond their fields. */
    private Message wellFormed(MessageType type, int depth) {
        if (type == WellKnown.DurationMessage.TYPE) {
            return WellKnown.DurationMessage.raw(Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000)));
        } else if (type == WellKnown.TimestampMessage.TYPE) {
            return WellKnown.TimestampMessage.raw(Instant.ofEpochSecond(random.nextInt(), 5_000_000));
        } else if (type == Any.TYPE) {
            return Any.pack(Struct.of(Map.of("k", text())));
        } else if (type == Struct.Value.TYPE) {
            return Struct.Value.of(random.nextInt(2) == 0 ? text() : List.of(true, 1.5, Map.of("x", text())));
        }
        return message(type, depth + 1);
    }

    private String text() {
        return random.ints(random.nextInt(8), 0, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
