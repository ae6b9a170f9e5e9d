package io.inmesh.xds.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads primitive values from bytes nobody vouches for, and keeps to the {@link Limits}. For one thread. */
final class WireReader {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int DELIMITED = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private final byte[] bytes;
    private final Limits limits;
    private int position;
    private int end;
    private int depth;
    private int elements;

    WireReader(Bytes input, Limits limits) throws MalformedMessageException {
        if (input.length() > limits.maxBytes()) {
            throw new MalformedMessageException("Longer than " + limits.maxBytes() + " bytes: " + input.length());
        }
        this.bytes = input.array;
        this.limits = limits;
        this.position = input.offset;
        this.end = input.offset + input.length();
    }

    boolean atEnd() {
        return position == end;
    }

    int position() {
        return position;
    }

    Bytes since(int start) {
        return Bytes.slice(bytes, start, position - start);
    }

    /** Every value read counts. */
    void count() throws MalformedMessageException {
        if (++elements > limits.maxElements()) {
            throw new MalformedMessageException("More than " + limits.maxElements() + " values");
        }
    }

    /** A field's number and wire type. */
    int tag() throws MalformedMessageException {
        long tag = varint();
        if (tag >>> 32 != 0 || tag >>> 3 == 0) {
            throw new MalformedMessageException("No field has the tag " + Long.toUnsignedString(tag));
        }
        return (int) tag;
    }

    long varint() throws MalformedMessageException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = next();
            if (shift < 64) {
                value |= (long) (next & 0x7f) << shift;
            }
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedMessageException("A varint has at most ten bytes");
    }

    long fixed64() throws MalformedMessageException {
        return ByteBuffer.wrap(bytes, advance(8), 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    Bytes delimited() throws MalformedMessageException {
        int length = length();
        return Bytes.slice(bytes, advance(length), length);
    }

    String string() throws MalformedMessageException {
        int length = length();
        int start = advance(length);
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            checkUtf8(start, length);
        }
        return text;
    }

    /** Narrows reading to the message that comes; give the result to {@link #leave}. */
    int enter() throws MalformedMessageException {
        int length = length();
        require(length);
        deeper();
        int outer = end;
        end = position + length;
        return outer;
    }

    void leave(int outer) {
        depth--;
        end = outer;
    }

    /** Passes over a value of no declared field. */
    void skip(int tag) throws MalformedMessageException {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case DELIMITED -> advance(length());
            case FIXED32 -> advance(4);
            case START_GROUP -> skipGroup(tag >>> 3);
            default -> throw new MalformedMessageException("Wire type " + (tag & 7) + " where a value should be");
        }
    }

    private void skipGroup(int number) throws MalformedMessageException {
        deeper();
        while (true) {
            count();
            int tag = tag();
            if ((tag & 7) != END_GROUP) {
                skip(tag);
            } else if (tag >>> 3 == number) {
                depth--;
                return;
            } else {
                throw new MalformedMessageException("Group " + number + " ends as group " + (tag >>> 3));
            }
        }
    }

    private void deeper() throws MalformedMessageException {
        if (++depth > limits.maxDepth()) {
            throw new MalformedMessageException("More than " + limits.maxDepth() + " levels deep");
        }
    }

    private int length() throws MalformedMessageException {
        long length = varint();
        if (length < 0 || length > end - position) {
            throw new MalformedMessageException(
                    "A length of " + Long.toUnsignedString(length) + " where " + (end - position) + " bytes are left");
        }
        return (int) length;
    }

    private byte next() throws MalformedMessageException {
        return bytes[advance(1)];
    }

    private int advance(int length) throws MalformedMessageException {
        require(length);
        int start = position;
        position += length;
        return start;
    }

    private void require(int length) throws MalformedMessageException {
        if (length > end - position) {
            throw new MalformedMessageException("Ends in the middle of a value");
        }
    }

    private void checkUtf8(int start, int length) throws MalformedMessageException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException("A string is not UTF-8");
        }
    }
}
