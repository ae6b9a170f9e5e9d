package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.LocalReply;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What the mesh has to say about a response; the answer to "did the upstream say this, or did the mesh?". Immutable.
 *
 * @param localReply what the mesh answered in the upstream's place; null if the upstream answered
 * @param flags Envoy's response flags
 * @param attempts how many attempts were made
 * @param cause what went wrong in the last attempt that failed; null if the upstream answered or no attempt failed
 */
public record MeshOutcome(
        @Nullable LocalReply localReply,
        Set<ResponseFlag> flags,
        int attempts,
        @Nullable IOException cause) {

    public MeshOutcome {
        flags = Set.copyOf(flags);
    }

    /** Empty if the response did not come through the mesh, or from the application's cache alone. */
    public static Optional<MeshOutcome> of(Response response) {
        return Optional.ofNullable(response.request().tag(MeshOutcome.class));
    }
}
