package io.inmesh.client.adapter.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DnsReplyTest {

    private static final DnsQuestion QUESTION = DnsQuestion.of(0x1234, "A.test", DnsQuestion.Type.A);

    @Test
    void aliasesAreFollowedAndTheShortestLifeCounts() {
        byte[] message = message(
                0x8180,
                record("b.test", 1, 60, new byte[] {10, 0, 0, 1}),
                record("a.test", 5, 7, name("b.test")),
                record("c.test", 1, 1, new byte[] {10, 0, 0, 2}));

        DnsReply reply = read(message);

        assertThat(reply.addresses()).extracting(InetAddress::getHostAddress).containsExactly("10.0.0.1");
        assertThat(reply.seconds()).isEqualTo(7);
    }

    @Test
    void aliasesInACircleEnd() {
        byte[] message =
                message(0x8180, record("a.test", 5, 7, name("b.test")), record("b.test", 5, 7, name("a.test")));

        assertThat(read(message).addresses()).isEmpty();
    }

    @Test
    void whatAnswersAnotherQuestionIsNoAnswer() {
        byte[] message = message(0x8180, record("a.test", 1, 60, new byte[] {10, 0, 0, 1}));

        assertThat(read(message).addresses()).hasSize(1);
        assertThat(DnsReply.read(message, message.length, DnsQuestion.of(0x1235, "a.test", DnsQuestion.Type.A)))
                .isNull();
        assertThat(DnsReply.read(message, message.length, DnsQuestion.of(0x1234, "b.test", DnsQuestion.Type.A)))
                .isNull();
        assertThat(DnsReply.read(message, message.length, DnsQuestion.of(0x1234, "a.test", DnsQuestion.Type.AAAA)))
                .isNull();
        assertThat(read(message(0x0180))).isNull();
    }

    @Test
    void hostileBytesAreNoAnswerAndEndAtOnce() {
        byte[] good = message(
                0x8180, record("a.test", 5, 7, name("b.test")), record("b.test", 1, 60, new byte[] {10, 0, 0, 1}));
        SplittableRandom chance = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = Arrays.copyOf(good, chance.nextInt(12, good.length + 1));
            for (int k = chance.nextInt(4); k >= 0; k--) {
                broken[chance.nextInt(broken.length)] = (byte) chance.nextInt();
            }
            DnsReply reply = DnsReply.read(broken, broken.length, QUESTION);
            assertThat(reply == null || reply.addresses().size() <= 1).isTrue();
        }
        byte[] circle = message(0x8180);
        circle[7] = 1;
        byte[] pointing = Arrays.copyOf(circle, circle.length + 12);
        pointing[circle.length] = (byte) 0xC0;
        pointing[circle.length + 1] = (byte) circle.length;
        assertThat(DnsReply.read(pointing, pointing.length, QUESTION)).isNull();
    }

    private static DnsReply read(byte[] message) {
        return DnsReply.read(message, message.length, QUESTION);
    }

    private static byte[] message(int flags, byte[]... records) {
        byte[] question = QUESTION.encode();
        question[2] = (byte) (flags >>> 8);
        question[3] = (byte) flags;
        question[7] = (byte) records.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(question);
        for (byte[] one : records) {
            out.writeBytes(one);
        }
        return out.toByteArray();
    }

    private static byte[] record(String owner, int type, int seconds, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(name(owner));
        out.writeBytes(new byte[] {0, (byte) type, 0, 1, 0, 0, 0, (byte) seconds, 0, (byte) data.length});
        out.writeBytes(data);
        return out.toByteArray();
    }

    private static byte[] name(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : text.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }
}
