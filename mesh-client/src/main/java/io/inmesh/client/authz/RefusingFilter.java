package io.inmesh.client.authz;

import java.util.List;

/**
 * Stands for a security filter that we cannot honour; it denies everything.
 *
 * @param name the filter's name on the wire
 * @param reason one sentence for the operator
 */
public record RefusingFilter(String name, String reason) implements SecurityFilter {

    @Override
    public Denial check(InboundRequest request, List<PolicyReport> reports) {
        return Denial.byPolicy(name, "none", reason);
    }
}
