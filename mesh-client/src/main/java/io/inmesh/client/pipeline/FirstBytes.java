package io.inmesh.client.pipeline;

import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.security.ClientHello;
import io.inmesh.client.security.ClientHelloReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a connection is, by as few of its first bytes as tell: one for most of HTTP/1, the whole connection preface for HTTP/2 (Tomcat
 * looks for it in what a connection's first read returns, and nowhere else), the whole ClientHello for TLS. One connection's; not
 * thread-safe.
 */
public final class FirstBytes {

    private static final byte[] HTTP2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** What is known. */
    public enum Kind {
        /** Too little; more bytes are needed. */
        UNKNOWN,
        /** Plaintext that does not begin as HTTP/2 does. */
        HTTP1,
        /** Plaintext that begins with HTTP/2's preface. */
        HTTP2,
        /** A whole ClientHello. */
        TLS,
        /** It began as TLS and is none; {@link #refusal} says why. */
        REFUSED
    }

    private final ClientHelloReader reader = new ClientHelloReader();
    private int fed;
    private boolean tls;
    private Kind kind = Kind.UNKNOWN;

    public Kind kind() {
        return kind;
    }

    /** After how many bytes it is known at the latest: so few of plaintext that whatever reads next takes them at one go. */
    public int wanted() {
        return tls ? ClientHelloReader.MAX_BYTES + 1 : HTTP2.length;
    }

    /**
     * Looks at a connection's bytes, from where the last look ended, and leaves the buffer as it is.
     *
     * @param all everything that has arrived, from the very first byte on; at least one
     */
    public Kind feed(ByteBuffer all) {
        ByteBuffer bytes = all.duplicate();
        tls = bytes.get(bytes.position()) == ClientHelloReader.HANDSHAKE;
        if (tls) {
            int length = bytes.remaining();
            bytes.position(bytes.position() + fed);
            fed = length;
            kind = switch (reader.feed(bytes)) {
                case MORE -> Kind.UNKNOWN;
                case DONE -> Kind.TLS;
                case REFUSED -> Kind.REFUSED;
            };
        } else {
            kind = plaintext(bytes);
        }
        return kind;
    }

    /**
     * The connection that the bytes began.
     *
     * @throws IllegalStateException if it is not known yet, or refused
     */
    public InboundConnection connection(InetSocketAddress local, InetSocketAddress remote) {
        return switch (kind) {
            case TLS -> {
                ClientHello hello = reader.hello();
                yield InboundConnection.tls(local, remote, hello.serverName(), hello.applicationProtocols());
            }
            case HTTP1 -> InboundConnection.plaintext(local, remote, List.of("http/1.1"));
            case HTTP2 -> InboundConnection.plaintext(local, remote, List.of("h2c"));
            case UNKNOWN, REFUSED -> throw new IllegalStateException("The first bytes tell nothing: " + kind);
        };
    }

    /** Why the bytes were refused; empty if they were not. */
    public String refusal() {
        return reader.refusal();
    }

    private static Kind plaintext(ByteBuffer bytes) {
        int length = bytes.remaining();
        for (int i = 0; i < length && i < HTTP2.length; i++) {
            if (bytes.get(bytes.position() + i) != HTTP2[i]) {
                return Kind.HTTP1;
            }
        }
        return length < HTTP2.length ? Kind.UNKNOWN : Kind.HTTP2;
    }
}
