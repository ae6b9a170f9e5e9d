package io.inmesh.client.pipeline;

import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.PolicyVerdict;
import io.inmesh.client.authz.Denial;
import io.inmesh.client.authz.PolicyReport;
import io.inmesh.client.authz.RbacFilter;
import java.util.List;

/** Tells a listener what policies said about a request. */
final class InboundVerdicts {

    private InboundVerdicts() {}

    static void tell(InboundDecision decision, CallListener listener) {
        if (decision instanceof InboundDecision.Proceed proceed) {
            tell(proceed.reports(), listener);
        } else if (decision instanceof InboundDecision.Reply reply) {
            tell(reply.reports(), listener);
            Denial denial = reply.denial();
            listener.policyJudged(new PolicyVerdict(
                    PolicyVerdict.Kind.DENIED, denial.filter(), denial.policy(), false, denial.reason()));
        }
    }

    private static void tell(List<PolicyReport> reports, CallListener listener) {
        for (int i = 0; i < reports.size(); i++) {
            PolicyReport report = reports.get(i);
            PolicyVerdict.Kind kind =
                    report.kind() == PolicyReport.Kind.AUDIT ? PolicyVerdict.Kind.AUDIT : PolicyVerdict.Kind.DRY_RUN;
            listener.policyJudged(new PolicyVerdict(
                    kind,
                    RbacFilter.NAME,
                    report.policy(),
                    report.allowed(),
                    report.action().name()));
        }
    }
}
