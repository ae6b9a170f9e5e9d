package io.inmesh.conformance.pair;

/** How two peers meet. */
public record Pairing(Mode mode, Protocol protocol, Credentials credentials) {

    /** What the called side takes, by PeerAuthentication. */
    public enum Mode {
        STRICT,
        PERMISSIVE
    }

    /** What goes over the connection. */
    public enum Protocol {
        HTTP1,
        HTTP2
    }

    /** What the caller shows of itself. */
    public enum Credentials {
        /** A certificate of the mesh. */
        MEMBER,
        /** A certificate that another authority signed. */
        STRANGER,
        /** None: it calls in the clear, as what it knows of the endpoint says. */
        PLAINTEXT
    }

    @Override
    public String toString() {
        return mode + ", " + protocol + ", " + credentials;
    }
}
