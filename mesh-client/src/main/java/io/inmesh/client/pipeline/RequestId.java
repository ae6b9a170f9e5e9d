package io.inmesh.client.pipeline;

import java.nio.charset.StandardCharsets;

/** The identity of a request in logs: a random UUID, the same for every attempt. */
final class RequestId {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private RequestId() {}

    /** Of 64 random bits as good as any 122. */
    static String of(long random) {
        byte[] text = new byte[36];
        long high = (mixed(random) & ~0xF000L) | 0x4000L;
        long low = (mixed(random + 0x9E3779B97F4A7C15L) & ~(3L << 62)) | (2L << 62);
        digits(text, 0, high >>> 32, 8);
        digits(text, 9, high >>> 16, 4);
        digits(text, 14, high, 4);
        digits(text, 19, low >>> 48, 4);
        digits(text, 24, low, 12);
        text[8] = '-';
        text[13] = '-';
        text[18] = '-';
        text[23] = '-';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] text, int at, long value, int count) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = HEX[(int) rest & 15];
            rest >>>= 4;
        }
    }

    private static long mixed(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
