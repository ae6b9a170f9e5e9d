package io.inmesh.xds.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that nobody changes. May be a part of a larger array, which it then keeps alive. */
public final class Bytes {

    /** None. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    final byte[] array;
    final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** A copy. */
    public static Bytes copyOf(byte[] bytes) {
        return new Bytes(bytes.clone(), 0, bytes.length);
    }

    /** The text in UTF-8. */
    public static Bytes utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Bytes(bytes, 0, bytes.length);
    }

    /** A view; the array must not change any more. */
    static Bytes slice(byte[] array, int offset, int length) {
        return length == 0 ? EMPTY : new Bytes(array, offset, length);
    }

    /** How many. */
    public int length() {
        return length;
    }

    /** A copy of our own. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** The text, with replacement characters where it is not UTF-8. */
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        int shown = Math.min(length, 32);
        return HexFormat.of().formatHex(array, offset, offset + shown) + (shown < length ? "... " + length : "");
    }
}
