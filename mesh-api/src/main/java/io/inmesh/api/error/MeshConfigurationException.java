package io.inmesh.api.error;

/** A setting of the application or operator that cannot take effect. Thrown at start, never on the request path. */
public final class MeshConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MeshConfigurationException(String message) {
        super(message);
    }

    public MeshConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
