package io.inmesh.client.authz;

import io.inmesh.client.authz.PolicyReport.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's RBAC filter: rules that decide and shadow rules that only report. Immutable.
 *
 * @param rules null where the filter has none, which lets everything pass
 * @param shadowRules null where there is no dry run
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/rbac_filter">Envoy, RBAC filter</a>
 */
public record RbacFilter(@Nullable Rules rules, @Nullable Rules shadowRules) implements SecurityFilter {

    /** The filter's name on the wire. */
    public static final String NAME = "envoy.filters.http.rbac";

    private static final String NONE = "none";

    /** What a match means. */
    public enum Action {
        ALLOW,
        DENY,
        LOG
    }

    /**
     * Policies in the wire's order and what a match means. ALLOW without any policy denies everything.
     *
     * @param action what a match means
     * @param policies the first that matches is the one that is named
     */
    public record Rules(Action action, List<RbacPolicy> policies) {

        public Rules {
            policies = List.copyOf(policies);
        }

        /** The policy that strikes: certainly for ALLOW, possibly for DENY and LOG. */
        @Nullable
        String struck(InboundRequest request) {
            Certainty least = action == Action.ALLOW ? Certainty.YES : Certainty.UNKNOWN;
            for (int i = 0; i < policies.size(); i++) {
                if (policies.get(i).matches(request).compareTo(least) >= 0) {
                    return policies.get(i).name();
                }
            }
            return null;
        }

        boolean passes(@Nullable String struck) {
            return action == Action.LOG || (action == Action.ALLOW) == (struck != null);
        }
    }

    @Override
    public @Nullable Denial check(InboundRequest request, List<PolicyReport> reports) {
        if (shadowRules != null) {
            String struck = shadowRules.struck(request);
            reports.add(
                    new PolicyReport(Kind.DRY_RUN, shadowRules.action(), named(struck), shadowRules.passes(struck)));
        }
        if (rules == null) {
            return null;
        }
        String struck = rules.struck(request);
        if (rules.action() == Action.LOG) {
            if (struck != null) {
                reports.add(new PolicyReport(Kind.AUDIT, Action.LOG, struck, true));
            }
            return null;
        }
        return rules.passes(struck) ? null : denial(rules.action(), struck);
    }

    private static Denial denial(Action action, @Nullable String struck) {
        return struck == null
                ? Denial.byPolicy(NAME, NONE, "no " + action + " policy matched")
                : Denial.byPolicy(NAME, struck, "a " + action + " policy matched");
    }

    private static String named(@Nullable String policy) {
        return policy == null ? NONE : policy;
    }
}
