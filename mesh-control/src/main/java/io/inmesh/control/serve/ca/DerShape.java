package io.inmesh.control.serve.ca;

/**
 * Looks at the nesting of DER before a parser does: parsers recurse, and a few kilobytes of nested sequences end a thread's stack.
 * Stateless.
 */
final class DerShape {

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;

    private DerShape() {}

    /**
     * Whether this is one element, definite in length, filling the bytes exactly and nested no deeper than allowed. Primitive
     * contents are not looked at.
     */
    static boolean isFlat(byte[] der, int deepest) {
        int[] ends = new int[deepest + 1];
        int depth = 0;
        ends[0] = der.length;
        int at = 0;
        boolean first = true;
        while (at < der.length) {
            if (first || depth > 0) {
                first = false;
            } else {
                return false;
            }
            int tag = der[at] & 0xff;
            long header = (tag & LONG_TAG) == LONG_TAG ? -1 : length(der, at + 1, ends[depth]);
            if (header < 0) {
                return false;
            }
            int contents = (int) (header >>> 32);
            int end = contents + (int) header;
            if ((tag & CONSTRUCTED) == 0) {
                at = end;
            } else if (++depth > deepest) {
                return false;
            } else {
                ends[depth] = end;
                at = contents;
            }
            while (depth > 0 && at == ends[depth]) {
                depth--;
            }
        }
        return depth == 0 && !first;
    }

    /** Where the contents begin, shifted left by 32, and their length; negative if that is no definite length within the end. */
    private static long length(byte[] der, int at, int end) {
        if (at >= end) {
            return -1;
        }
        int first = der[at] & 0xff;
        int contents = at + 1;
        int length = first;
        if (first >= 0x80) {
            int octets = first & 0x7f;
            if (octets == 0 || octets > 3 || contents + octets > end) {
                return -1;
            }
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = (length << 8) | (der[contents++] & 0xff);
            }
        }
        return length > end - contents ? -1 : ((long) contents << 32) | length;
    }
}
