package io.inmesh.xds.decode;

/** Something in a resource means nothing at all, so that the resource is refused. Never leaves this package. */
final class InvalidResourceException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidResourceException(String path, String reason) {
        super(path.isEmpty() ? reason : path + ": " + reason);
    }
}
