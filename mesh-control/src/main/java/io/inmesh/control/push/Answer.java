package io.inmesh.control.push;

import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryResponse;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collection;

/**
 * A DiscoveryResponse or DeltaDiscoveryResponse: a body that is made once and shared by all streams that get the same, and the nonce of
 * one stream behind it. Immutable.
 */
public final class Answer {

    private static final int NONCE = 5;

    private final Body body;
    private final byte[] nonce;

    /** What all streams share. */
    static final class Body {
        private final byte[] bytes;
        private final boolean delta;

        private Body(byte[] bytes, boolean delta) {
            this.bytes = bytes;
            this.delta = delta;
        }

        static Body stateOfTheWorld(XdsType type, String version, Collection<EncodedResource> resources) {
            int size =
                    resources.stream().mapToInt(each -> each.any().length + 6).sum();
            ByteSink sink = new ByteSink(size + 256).field(1, version);
            resources.forEach(resource -> sink.field(2, resource.any()));
            return new Body(sink.field(4, type.url()).toBytes(), false);
        }

        static Body delta(
                XdsType type, String version, Collection<EncodedResource> resources, Collection<String> removed) {
            int size = resources.stream()
                    .mapToInt(each -> each.any().length + 64 + each.name().length())
                    .sum();
            ByteSink sink = new ByteSink(size + 256).field(1, version);
            for (EncodedResource resource : resources) {
                byte[] head = new ByteSink(32).field(1, resource.version()).toBytes();
                byte[] tail = new ByteSink(resource.name().length() + 8)
                        .field(3, resource.name())
                        .toBytes();
                byte[] tag = new ByteSink(6).tag(2, resource.any().length).toBytes();
                sink.tag(2, head.length + tag.length + resource.any().length + tail.length)
                        .raw(head)
                        .raw(tag)
                        .raw(resource.any())
                        .raw(tail);
            }
            sink.field(4, type.url());
            removed.forEach(name -> sink.field(6, name));
            return new Body(sink.toBytes(), true);
        }
    }

    Answer(Body body, String nonce) {
        this.body = body;
        this.nonce = new ByteSink(32).field(NONCE, nonce).toBytes();
    }

    /**
     * An answer that is no configuration: each resource is of a type of its own and of any content.
     *
     * @param identifier of this control service
     */
    public static Answer of(String typeUrl, String nonce, String identifier, Collection<Opaque> resources) {
        ByteSink sink = new ByteSink(256).field(1, nonce);
        for (Opaque resource : resources) {
            sink.field(
                    2,
                    new ByteSink(resource.content.length + 64)
                            .field(1, resource.typeUrl)
                            .field(2, resource.content)
                            .toBytes());
        }
        sink.field(4, typeUrl).field(6, new ByteSink(64).field(1, identifier).toBytes());
        return new Answer(new Body(sink.toBytes(), false), nonce);
    }

    /** A resource whose content is its type's own affair. */
    public static final class Opaque {
        private final String typeUrl;
        private final byte[] content;

        public Opaque(String typeUrl, byte[] content) {
            this.typeUrl = typeUrl;
            this.content = content.clone();
        }
    }

    /** How many bytes go over the wire. */
    public int length() {
        return body.bytes.length + nonce.length;
    }

    /** The bytes, without copying the shared ones. */
    public InputStream stream() {
        return new SequenceInputStream(new ByteArrayInputStream(body.bytes), new ByteArrayInputStream(nonce));
    }

    /** The answer as a message, for whoever looks into it. */
    public Message toMessage() {
        byte[] whole = new ByteSink(length()).raw(body.bytes).raw(nonce).toBytes();
        return parse(body.delta ? DeltaDiscoveryResponse.TYPE : DiscoveryResponse.TYPE, whole);
    }

    static Message parse(MessageType type, byte[] bytes) {
        try {
            return Message.parse(type, bytes);
        } catch (MalformedMessageException impossible) {
            throw new IllegalStateException("what was encoded here cannot be read here", impossible);
        }
    }
}
