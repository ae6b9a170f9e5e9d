package io.inmesh.xds.wire;

/**
 * What reading one message may cost at most, whoever sent it.
 *
 * @param maxBytes of the whole message
 * @param maxDepth of messages (and unknown groups) inside messages
 * @param maxElements of values of any kind, which bounds memory: two bytes can make a message of a hundred
 */
public record Limits(int maxBytes, int maxDepth, int maxElements) {

    /** 64 MiB, protobuf's own 100 levels, two million values: a load assignment of some 200000 endpoints. */
    public static final Limits DEFAULT = new Limits(64 << 20, 100, 2_000_000);
}
