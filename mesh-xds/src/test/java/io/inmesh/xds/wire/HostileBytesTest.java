package io.inmesh.xds.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileBytesTest {

    private static final Limits SMALL = new Limits(1 << 20, 100, 10_000);

    @Test
    void everyTruncationOfAMessageEndsInTheTypedException() throws Exception {
        byte[] whole = Struct.of(Map.of("a", Map.of("b", 1.5, "c", "text"))).toBytes();

        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(MalformedMessageException.class)
                    .as("cut at %s", length)
                    .isThrownBy(() -> Message.parse(Struct.TYPE, part));
        }
        assertThat(Message.parse(Struct.TYPE, whole).toBytes()).isEqualTo(whole);
    }

    @Test
    void aVarintOfElevenBytesIsRefused() {
        byte[] bytes = new byte[12];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[11] = 1;

        refused(Any.TYPE, bytes, "ten bytes");
    }

    @Test
    void fieldNumberZeroAndTagsBeyondThirtyTwoBitsAreRefused() {
        refused(Any.TYPE, new byte[] {0, 0}, "tag");
        refused(Any.TYPE, bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0), "tag");
    }

    @Test
    void lengthsBeyondTheEndAreRefusedBeforeAnythingIsAllocated() {
        refused(Any.TYPE, bytes(0x12, 0xff, 0xff, 0xff, 0xff, 0x07), "bytes are left");
        refused(Any.TYPE, bytes(0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01), "bytes are left");
    }

    @Test
    void messagesNestedWithoutEndAreRefused() {
        Message value = Struct.Value.of("deep");
        for (int i = 0; i < 60; i++) {
            value = Struct.Value.of(null)
                    .with(Struct.Value.STRUCT_VALUE, Struct.of(Map.of()).with(Struct.FIELDS, Map.of("x", value)));
        }

        refused(Struct.Value.TYPE, value.toBytes(), "levels deep");
    }

    /** CVE-2024-7254: nested groups in unknown fields used to overflow protobuf-java's stack. */
    @Test
    void groupsNestedWithoutEndAreRefused() {
        byte[] bytes = new byte[1 << 20];
        Arrays.fill(bytes, (byte) 0x53);

        refused(Any.TYPE, bytes, "levels deep");
    }

    @Test
    void aGroupIsKeptAsItCameAndMustEndAsItBegan() throws Exception {
        byte[] group = bytes(0x53, 0x08, 0x01, 0x54);
        assertThat(Message.parse(Any.TYPE, group).toBytes()).isEqualTo(group);
        assertThat(Message.parse(Any.TYPE, group).unknownFields())
                .containsExactly(new UnknownField(10, 3, Bytes.copyOf(bytes(0x08, 0x01, 0x54))));

        refused(Any.TYPE, bytes(0x53, 0x08, 0x01, 0x5c), "ends as group 11");
        refused(Any.TYPE, bytes(0x54), "Wire type 4");
        refused(Any.TYPE, bytes(0x57), "Wire type 7");
    }

    @Test
    void manySmallValuesAreRefusedBeforeTheyFillTheMemory() {
        byte[] emptyValues = new byte[100_000];
        for (int i = 0; i < emptyValues.length; i += 2) {
            emptyValues[i] = 0x0a;
        }

        refused(Struct.ListValue.TYPE, emptyValues, "More than 10000 values");
    }

    @Test
    void aMessageLongerThanTheLimitIsNotEvenLookedAt() {
        refused(Any.TYPE, new byte[(1 << 20) + 1], "Longer than");
    }

    @Test
    void aStringThatIsNotUtf8IsRefusedAndAReplacementCharacterIsNot() throws Exception {
        refused(Any.TYPE, bytes(0x0a, 0x02, 0xc3, 0x28), "UTF-8");

        Message any = Message.of(Any.TYPE).with(Any.TYPE_URL, "\uFFFD");
        assertThat(Message.parse(Any.TYPE, any.toBytes())).isEqualTo(any);
    }

    /** A singular message that comes a hundred thousand times is merged without copying what is there. */
    @Test
    void mergingCostsNoMoreThanReading() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] value = Struct.Value.of(Map.of("k", "v")).toBytes();
        for (int i = 0; i < 100_000; i++) {
            bytes.write(value);
        }

        assertThat(Message.parse(Struct.Value.TYPE, bytes.toByteArray())).isEqualTo(Struct.Value.of(Map.of("k", "v")));
    }

    @Test
    void randomBytesAndRandomlyDamagedMessagesEndInAMessageOrTheTypedException() {
        Random random = new Random(7254);
        byte[] whole =
                Struct.of(Map.of("list", List.of(1, true, "x", Map.of("y", 2)))).toBytes();
        int refused = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = round % 2 == 0 ? new byte[random.nextInt(64)] : whole.clone();
            if (round % 2 == 0) {
                random.nextBytes(bytes);
            } else {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                Message read = Message.parse(Struct.TYPE, bytes);
                assertThat(Message.parse(Struct.TYPE, read.toBytes())).isEqualTo(read);
            } catch (MalformedMessageException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(10_000, 49_000);
    }

    private static void refused(MessageType type, byte[] bytes, String why) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Message.parse(type, Bytes.copyOf(bytes), SMALL))
                .withMessageContaining(why);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
