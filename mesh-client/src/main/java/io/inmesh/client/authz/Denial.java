package io.inmesh.client.authz;

/**
 * Why a request was denied: for log, span and admin endpoint, never for the caller.
 *
 * @param filter the filter that denied, such as {@code envoy.filters.http.rbac}
 * @param policy the policy and rule, such as {@code ns[default]-policy[httpbin-policy]-rule[0]}; {@code none} if no ALLOW policy
 *     matched, as in Envoy's response code details
 * @param reason one sentence
 */
public record Denial(String filter, String policy, String reason) {}
