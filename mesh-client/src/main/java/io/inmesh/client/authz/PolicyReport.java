package io.inmesh.client.authz;

/**
 * What a policy that decides nothing would have decided.
 *
 * @param kind why it decides nothing
 * @param action what a match means to it
 * @param policy the policy and rule that matched; {@code none} if no ALLOW policy did
 * @param allowed whether the request would have passed
 */
public record PolicyReport(Kind kind, RbacFilter.Action action, String policy, boolean allowed) {

    /** Why a policy decides nothing. */
    public enum Kind {
        /** Istio's AUDIT, Envoy's LOG: the request is to be logged. */
        AUDIT,
        /** Istio's dry run, Envoy's shadow rules. */
        DRY_RUN
    }
}
