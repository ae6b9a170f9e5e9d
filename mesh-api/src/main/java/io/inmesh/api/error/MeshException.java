package io.inmesh.api.error;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that the mesh itself ended, told apart from an answer of the upstream. Adapters throw it only where the application
 * asked for exceptions instead of local replies, or where no reply is possible. It is an {@link IOException} because that is
 * what callers of HTTP clients already handle.
 */
public sealed class MeshException extends IOException
        permits MeshNotReadyException, LocalReplyException, PeerIdentityException {

    private static final long serialVersionUID = 1L;

    private final @Nullable ResponseFlag flag;

    protected MeshException(@Nullable ResponseFlag flag, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.flag = flag;
    }

    /** Envoy's response flag for the cause; empty where Envoy has none. */
    public Optional<ResponseFlag> flag() {
        return Optional.ofNullable(flag);
    }
}
