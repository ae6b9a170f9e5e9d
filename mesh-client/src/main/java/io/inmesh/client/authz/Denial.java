package io.inmesh.client.authz;

import io.inmesh.api.http.LocalReply;
import java.util.List;
import java.util.Map;

/**
 * Why a request was denied: for log, span and admin endpoint, never for the caller.
 *
 * @param filter the filter that denied, such as {@code envoy.filters.http.rbac}
 * @param policy the policy and rule, such as {@code ns[default]-policy[httpbin-policy]-rule[0]}; {@code none} if no ALLOW policy
 *     matched, as in Envoy's response code details
 * @param reason one sentence
 * @param reply what the caller gets
 */
public record Denial(String filter, String policy, String reason, LocalReply reply) {

    private static final List<Map.Entry<String, String>> TEXT = List.of(Map.entry("content-type", "text/plain"));
    private static final int FORBIDDEN = 403;

    /** A denial by policy, which tells the caller nothing but that. */
    static Denial byPolicy(String filter, String policy, String reason) {
        String details = "rbac_access_denied_matched_policy[" + policy + "]";
        return new Denial(
                filter, policy, reason, new LocalReply(FORBIDDEN, TEXT, "RBAC: access denied", null, details));
    }
}
