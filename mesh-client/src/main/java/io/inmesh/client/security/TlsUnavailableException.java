package io.inmesh.client.security;

/** There is nothing to make TLS with right now; no connection may be made instead. The message says what is missing. */
public final class TlsUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    TlsUnavailableException(String message) {
        super(message);
    }
}
