package io.inmesh.client.authz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a filter chain that may deny a request. Immutable; never blocks. */
public sealed interface SecurityFilter permits CallerRule, JwtFilter, RbacFilter, RefusingFilter {

    /**
     * Judges a request.
     *
     * @param reports takes what dry-run and audit policies would have said; it changes no answer
     * @return why the request is denied; null if this filter lets it pass
     */
    @Nullable
    Denial check(InboundRequest request, List<PolicyReport> reports);
}
