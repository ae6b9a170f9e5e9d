package io.inmesh.client.adapter.tomcat;

import io.inmesh.client.security.ClientHello;
import io.inmesh.client.security.ClientHelloReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a connection is, by as few of its first bytes as tell: one for most of HTTP/1, the whole connection preface for HTTP/2 (Tomcat
 * looks for it in what a connection's first read returns, and nowhere else), the whole ClientHello for TLS.
 */
final class FirstBytes {

    private static final byte[] HTTP2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** What is known. */
    enum Kind {
        UNKNOWN,
        HTTP1,
        HTTP2,
        TLS,
        REFUSED
    }

    private final ClientHelloReader reader = new ClientHelloReader();
    private int fed;
    private boolean tls;
    private Kind kind = Kind.UNKNOWN;

    Kind kind() {
        return kind;
    }

    /** Until which size the buffer is to be filled: so little for plaintext that whatever reads next takes it at one go. */
    int wanted() {
        return tls ? ClientHelloReader.MAX_BYTES : HTTP2.length;
    }

    /** Looks at a buffer in filling mode, from where the last look ended, and leaves it as it is. */
    Kind feed(ByteBuffer filling) {
        ByteBuffer bytes = filling.duplicate().flip();
        tls = bytes.get(0) == ClientHelloReader.HANDSHAKE;
        if (tls) {
            bytes.position(fed);
            fed = bytes.limit();
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

    ClientHello hello() {
        return reader.hello();
    }

    String refusal() {
        return reader.refusal();
    }

    private static Kind plaintext(ByteBuffer bytes) {
        for (int i = 0; i < bytes.limit() && i < HTTP2.length; i++) {
            if (bytes.get(i) != HTTP2[i]) {
                return Kind.HTTP1;
            }
        }
        return bytes.limit() < HTTP2.length ? Kind.UNKNOWN : Kind.HTTP2;
    }
}
