package io.inmesh.client.pipeline;

import io.inmesh.api.http.LocalReply;
import io.inmesh.client.authz.Denial;
import io.inmesh.client.authz.PolicyReport;
import java.util.List;

/** What becomes of a request. */
public sealed interface InboundDecision {

    /**
     * The application gets it.
     *
     * @param target path and query that the handler is to be dispatched by, whatever the request said
     * @param headers what to change about the headers first
     * @param reports what dry-run and audit policies said
     */
    record Proceed(String target, InboundHeaders headers, List<PolicyReport> reports) implements InboundDecision {
        public Proceed {
            reports = List.copyOf(reports);
        }
    }

    /**
     * The caller gets this answer; the application never hears of the request.
     *
     * @param reply what Envoy would answer
     * @param denial why, for log, span and admin endpoint
     * @param reports what dry-run and audit policies said
     */
    record Reply(LocalReply reply, Denial denial, List<PolicyReport> reports) implements InboundDecision {
        public Reply {
            reports = List.copyOf(reports);
        }
    }

    /**
     * The connection is closed without an answer: it may no longer carry requests.
     *
     * @param reason one sentence for the operator
     */
    record Close(String reason) implements InboundDecision {}
}
