package io.inmesh.control.push;

import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.util.List;

/** One resource as it is sent: serialised once and shared by all streams. Equal ones have the same name and the same bytes. Immutable. */
public final class EncodedResource {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final String name;
    private final byte[] any;
    private final long hash;

    private EncodedResource(String name, byte[] any, long hash) {
        this.name = name;
        this.any = any;
        this.hash = hash;
    }

    static EncodedResource of(String name, Message resource) {
        return of(name, resource.type().typeUrl(), resource.toBytes());
    }

    /** What is serialised already. */
    static EncodedResource of(String name, String typeUrl, byte[] value) {
        return new EncodedResource(name, any(typeUrl, value), hash(value));
    }

    /**
     * A message whose last parts stand ready: appended fields, which protobuf joins with those of the message.
     *
     * @param hashes of the parts, which are not looked at again
     */
    static EncodedResource of(String name, Message resource, byte[] appended, List<Long> hashes) {
        byte[] value = resource.toBytes();
        long hash = hash(value);
        for (long part : hashes) {
            hash = (hash ^ part) * FNV_PRIME;
        }
        byte[] whole = new ByteSink(value.length + appended.length)
                .raw(value)
                .raw(appended)
                .toBytes();
        return new EncodedResource(name, any(resource.type().typeUrl(), whole), hash);
    }

    public String name() {
        return name;
    }

    /** Of its content, 64 bits. */
    long hash() {
        return hash;
    }

    /** Changes with the content, and is the same after a restart. */
    public String version() {
        return Long.toHexString(hash);
    }

    /** The resource in an Any, as bytes. */
    byte[] any() {
        return any;
    }

    /** The resource in an Any. */
    public Message toMessage() {
        return Answer.parse(Any.TYPE, any);
    }

    private static byte[] any(String typeUrl, byte[] value) {
        return new ByteSink(value.length + typeUrl.length() + 16)
                .field(1, typeUrl)
                .field(2, value)
                .toBytes();
    }

    static long hash(byte[] bytes) {
        long hash = FNV_OFFSET;
        for (byte value : bytes) {
            hash = (hash ^ (value & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedResource that && hash == that.hash && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    @Override
    public String toString() {
        return name + "@" + version();
    }
}
