package io.inmesh.xds.model.rbac;

import org.jspecify.annotations.Nullable;

/**
 * An RBAC filter's settings, for connections or for requests.
 *
 * @param rules enforced; null if the filter enforces nothing
 * @param shadowRules evaluated and reported only (Istio's dry run); null if none
 * @param shadowRulesStatPrefix tells shadow results apart in metadata
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/rbac/v3/rbac.proto">Envoy, RBAC filter</a>
 */
public record Rbac(@Nullable RbacRules rules, @Nullable RbacRules shadowRules, String shadowRulesStatPrefix) {}
