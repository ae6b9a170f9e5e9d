package io.inmesh.xds.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes from the end to the beginning, because a nested message's length is known only after the message. For one thread.
 */
final class WireWriter {

    private byte[] bytes = new byte[256];
    private int start = bytes.length;

    /** How much is written by now. */
    int length() {
        return bytes.length - start;
    }

    byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    void tag(int number, int wireType) {
        varint((long) number << 3 | wireType);
    }

    void varint(long value) {
        int size = 1;
        for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
            size++;
        }
        int at = reserve(size);
        long rest = value;
        for (int i = 0; i < size - 1; i++) {
            bytes[at + i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at + size - 1] = (byte) rest;
    }

    void fixed64(long value) {
        int at = reserve(8);
        ByteBuffer.wrap(bytes, at, 8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    }

    void raw(Bytes value) {
        int at = reserve(value.length());
        System.arraycopy(value.array, value.offset, bytes, at, value.length());
    }

    void delimited(Bytes value) {
        raw(value);
        varint(value.length());
    }

    void string(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int at = reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, at, utf8.length);
        varint(utf8.length);
    }

    private int reserve(int size) {
        if (size > start) {
            int used = length();
            byte[] larger = new byte[Math.max(Math.addExact(used, size), Math.multiplyExact(bytes.length, 2))];
            System.arraycopy(bytes, start, larger, larger.length - used, used);
            bytes = larger;
            start = larger.length - used;
        }
        start -= size;
        return start;
    }
}
