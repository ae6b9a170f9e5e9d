package io.inmesh.client.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * The hash that a call's attempts share where its cluster chooses by hash, and the cookies by which the caller's next call finds the same
 * host.
 */
final class RequestKey {

    private final long hash;
    private final List<String> cookies = new ArrayList<>(0);

    RequestKey(OutboundCall call, OutboundPipeline pipeline) {
        hash = call.forward == null
                ? call.random
                : call.forward.hash().of(call.request, pipeline.chance(), pipeline.callerAddress(), cookies::add);
    }

    long hash() {
        return hash;
    }

    /** Values of {@code Set-Cookie} for the response. */
    List<String> cookies() {
        return cookies;
    }
}
