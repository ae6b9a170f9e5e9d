package io.inmesh.xds.wire;

/**
 * A field that the message's type does not declare, or whose value it cannot hold (an enum's unknown number, an unexpected wire type).
 * It is written back as it came.
 *
 * @param number the field's number
 * @param wireType 0 varint, 1 eight bytes, 2 length-delimited, 3 group, 5 four bytes
 * @param content what followed the tag, as it was
 */
public record UnknownField(int number, int wireType, Bytes content) {}
