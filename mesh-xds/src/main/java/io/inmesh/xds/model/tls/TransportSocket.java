package io.inmesh.xds.model.tls;

import java.util.Objects;

/** What lies between TCP and the protocol above. */
public sealed interface TransportSocket
        permits TransportSocket.Raw, UpstreamTls, DownstreamTls, TransportSocket.Unsupported {

    /** Nothing: plaintext. */
    record Raw() implements TransportSocket {}

    /** A socket that Inmesh does not know. Nothing may be sent through what may have been meant to protect it: connecting fails. */
    record Unsupported(String name) implements TransportSocket {
        public Unsupported {
            Objects.requireNonNull(name, "name");
        }
    }
}
