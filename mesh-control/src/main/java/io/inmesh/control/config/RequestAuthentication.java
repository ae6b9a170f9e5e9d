package io.inmesh.control.config;

import java.util.List;
import java.util.Map;

/**
 * Istio's RequestAuthentication. One of which any part could not be honoured denies every request to the workloads that it selects, so
 * that no token is believed unchecked.
 *
 * @param honoured false if a part of it has no effect
 * @param elsewhere it is for gateways or waypoints, not for the workloads of its namespace
 * @see <a href="https://istio.io/latest/docs/reference/config/security/request_authentication/">RequestAuthentication</a>
 */
public record RequestAuthentication(
        Meta meta, Map<String, String> selector, List<JwtRule> rules, boolean honoured, boolean elsewhere)
        implements Resource {

    public RequestAuthentication {
        rules = List.copyOf(rules);
    }

    static RequestAuthentication read(Meta meta, Fields spec) {
        Map<String, String> selector = Selectors.matchLabels(spec);
        int before = spec.report().count();
        List<JwtRule> rules = spec.list("jwtRules", JwtRule::read);
        boolean honoured = spec.report().count() == before;
        boolean elsewhere = spec.has("targetRefs") || spec.has("targetRef");
        spec.unsupported("targetRefs", "targetRef");
        return new RequestAuthentication(meta, selector, rules, honoured, elsewhere);
    }

    /** What stands in for a policy that cannot be read: nobody may call these workloads. */
    static RequestAuthentication denyAll(Meta meta, Map<String, String> selector) {
        return new RequestAuthentication(meta, selector, List.of(), false, false);
    }
}
