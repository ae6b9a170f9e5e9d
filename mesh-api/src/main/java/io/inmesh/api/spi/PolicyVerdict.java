package io.inmesh.api.spi;

import java.util.Objects;

/**
 * What a policy of the called side said about a request: for log, span, metrics and admin view, never for the caller.
 *
 * @param filter the filter that asked it, such as {@code envoy.filters.http.rbac}
 * @param policy the policy and rule, such as {@code ns[default]-policy[httpbin]-rule[0]}; {@code none} if no ALLOW policy matched
 * @param allowed whether the request passed or, of a dry run, would have
 * @param reason one sentence; may be empty
 */
public record PolicyVerdict(Kind kind, String filter, String policy, boolean allowed, String reason) {

    public PolicyVerdict {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(reason, "reason");
    }

    /** Why there is something to tell. */
    public enum Kind {
        /** The request was denied. */
        DENIED,
        /** An AUDIT policy matched, which changes nothing. */
        AUDIT,
        /** A policy that is on trial said what it would do. */
        DRY_RUN
    }
}
