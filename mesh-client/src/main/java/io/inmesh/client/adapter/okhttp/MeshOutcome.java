package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.LocalReply;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.client.pipeline.OutboundCall;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What the mesh has to say about a response; the answer to "did the upstream say this, or did the mesh?". Immutable. */
public final class MeshOutcome {

    private final @Nullable LocalReply localReply;
    private final Set<ResponseFlag> flags;
    private final @Nullable IOException cause;
    private final OutboundCall call;

    MeshOutcome(@Nullable LocalReply localReply, OutboundCall call, @Nullable IOException cause) {
        this.localReply = localReply;
        this.flags = call.flags();
        this.cause = cause;
        this.call = call;
    }

    /** What the mesh answered in the upstream's place; null if the upstream answered. */
    public @Nullable LocalReply localReply() {
        return localReply;
    }

    /** Envoy's response flags. */
    public Set<ResponseFlag> flags() {
        return flags;
    }

    /** How many attempts were made. */
    public int attempts() {
        return call.attempts();
    }

    /** The attempts: endpoint, subset, cause, flag and where the time went. Put together when it is asked for. */
    public List<AttemptReport> ledger() {
        return call.ledger();
    }

    /** What went wrong in the last attempt that failed; null if the upstream answered or no attempt failed. */
    public @Nullable IOException cause() {
        return cause;
    }

    /** Empty if the response did not come through the mesh, or from the application's cache alone. */
    public static Optional<MeshOutcome> of(Response response) {
        Response network = response.networkResponse();
        OutboundRequest sent = network == null ? null : network.request().tag(OutboundRequest.class);
        return sent == null ? Optional.empty() : Optional.ofNullable(sent.outcome());
    }

    @Override
    public String toString() {
        return (localReply == null ? "answered by the upstream" : "local reply " + localReply.status()) + " " + flags
                + " " + ledger();
    }
}
