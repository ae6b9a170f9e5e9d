package io.inmesh.client.authz.jwt;

/** A token that cannot be read. It has no stack trace: callers who send rubbish must not make us walk ours. */
public final class InvalidTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final TokenStatus status;

    InvalidTokenException(TokenStatus status) {
        super(status.text(), null, false, false);
        this.status = status;
    }

    public TokenStatus status() {
        return status;
    }
}
