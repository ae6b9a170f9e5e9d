package io.inmesh.control.serve.ca;

/** A certificate signing request that the authority does not honour. The message is told to the caller. */
final class RefusedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedRequestException(String message) {
        super(message);
    }
}
