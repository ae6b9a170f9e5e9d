package io.inmesh.control.push;

import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Message;
import org.jspecify.annotations.Nullable;

/**
 * One resource as it is sent: serialised once and shared by all streams.
 *
 * @param any the resource in an Any
 * @param hash of its bytes, 64 bits
 */
public record EncodedResource(String name, Message any, long hash) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    static EncodedResource of(String name, Message resource) {
        Message any = Any.pack(resource);
        Bytes bytes = any.get(Any.VALUE);
        long hash = FNV_OFFSET;
        for (byte value : bytes.toByteArray()) {
            hash = (hash ^ (value & 0xff)) * FNV_PRIME;
        }
        return new EncodedResource(name, any, hash);
    }

    /** Whether a client that has the other has this one. */
    boolean sameAs(@Nullable EncodedResource other) {
        return other != null && hash == other.hash;
    }
}
