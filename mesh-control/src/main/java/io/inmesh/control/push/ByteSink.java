package io.inmesh.control.push;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts ready parts of a protobuf message one behind the other. Used by one thread. */
final class ByteSink {

    private byte[] bytes;
    private int length;

    ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    /** A field of a length-delimited type; the number must be below 16. */
    ByteSink field(int number, byte[] content) {
        return tag(number, content.length).raw(content);
    }

    ByteSink field(int number, String text) {
        return text.isEmpty() ? this : field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The beginning of such a field, whose content follows. */
    ByteSink tag(int number, int contentLength) {
        room(6);
        bytes[length++] = (byte) ((number << 3) | 2);
        int rest = contentLength;
        while (rest > 0x7f) {
            bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    ByteSink raw(byte[] content) {
        room(content.length);
        System.arraycopy(content, 0, bytes, length, content.length);
        length += content.length;
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
