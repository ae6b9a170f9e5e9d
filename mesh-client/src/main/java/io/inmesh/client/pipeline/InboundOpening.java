package io.inmesh.client.pipeline;

import javax.net.ssl.SSLEngine;

/** What becomes of a connection once its first bytes are known. */
public sealed interface InboundOpening {

    /** It goes on as the plaintext that it is. */
    record Plaintext() implements InboundOpening {}

    /** The engine ends its TLS; it asks for the peer's certificate. */
    record Tls(SSLEngine engine) implements InboundOpening {}

    /**
     * It is closed without a byte.
     *
     * @param reason one sentence for the operator
     */
    record Refused(String reason) implements InboundOpening {}
}
