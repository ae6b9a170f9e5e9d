package io.inmesh.client.route;

import org.jspecify.annotations.Nullable;

/** What a header's value can be made of: Envoy's substitution commands, as far as they mean something in a caller's own process. */
public interface HeaderContext {

    /** The caller's, pseudo headers among them; null if it is absent. */
    @Nullable
    String requestHeader(String name);

    /** The answer's, before it was changed; null if it is absent or there is no answer yet. */
    @Nullable
    String responseHeader(String name);

    /** Empty if it is not known. */
    String fact(Fact fact);

    /** What is known about a call besides its headers. */
    enum Fact {
        ROUTE_NAME,
        UPSTREAM_CLUSTER,
        RESPONSE_CODE,
        RESPONSE_FLAGS
    }
}
