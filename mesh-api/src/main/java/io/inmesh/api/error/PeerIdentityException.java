package io.inmesh.api.error;

import org.jspecify.annotations.Nullable;

/** The peer's certificate is not the identity that the cluster's policy expects, or is not trusted. */
public final class PeerIdentityException extends MeshException {

    private static final long serialVersionUID = 1L;

    public PeerIdentityException(String message, @Nullable Throwable cause) {
        super(ResponseFlag.UF, message, cause);
    }
}
