package io.inmesh.xds.model.rbac;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Policies and what a match of any of them means.
 *
 * @param policies by name, sorted as Envoy evaluates them. Istio's names tell resource and rule: {@code ns[a]-policy[b]-rule[0]}
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/rbac/v3/rbac.proto">Envoy, RBAC</a>
 */
public record RbacRules(Action action, Map<String, RbacPolicy> policies) {

    public RbacRules {
        Objects.requireNonNull(action, "action");
        SortedMap<String, RbacPolicy> sorted = new TreeMap<>(policies);
        policies = Collections.unmodifiableSortedMap(sorted);
    }

    /** What happens to a request that some policy matches; LOG lets it pass. */
    public enum Action {
        ALLOW,
        DENY,
        LOG,
        /** An action that Inmesh does not know: nothing passes. */
        UNSUPPORTED
    }
}
