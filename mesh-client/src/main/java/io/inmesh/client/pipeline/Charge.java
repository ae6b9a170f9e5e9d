package io.inmesh.client.pipeline;

import io.inmesh.client.host.ClusterStat;
import io.inmesh.client.host.Counters;
import io.inmesh.client.host.HostStat;
import io.inmesh.client.resilience.ResetReason;

/** Counts what Envoy's router counts, when it does. */
final class Charge {

    private Charge() {}

    /** An attempt, or the pause after one, is over without an answer. */
    static void unanswered(OutboundCall call) {
        if (call.timeout != Timeout.NONE) {
            count(call, timeout(call.timeout));
            host(call, HostStat.RQ_TIMEOUT);
            return;
        }
        ResetReason reset = call.reset;
        if (reset != null && reset.connectFailure()) {
            count(call, ClusterStat.CX_CONNECT_FAIL);
            host(call, HostStat.CX_CONNECT_FAIL);
            if (reset == ResetReason.CONNECTION_TIMEOUT) {
                count(call, ClusterStat.CX_CONNECT_TIMEOUT);
            }
        } else if (reset == ResetReason.REMOTE_RESET || reset == ResetReason.REMOTE_REFUSED_STREAM_RESET) {
            count(call, ClusterStat.RQ_RX_RESET);
        }
    }

    private static ClusterStat timeout(Timeout which) {
        return switch (which) {
            case GLOBAL -> ClusterStat.RQ_TIMEOUT;
            case PER_TRY_IDLE -> ClusterStat.RQ_PER_TRY_IDLE_TIMEOUT;
            case NONE, PER_TRY, STREAM, IDLE -> ClusterStat.RQ_PER_TRY_TIMEOUT;
        };
    }

    /** The caller gets this status from the cluster, or in its place. */
    static void answered(OutboundCall call, int status) {
        call.cluster().state().responses().count(status);
    }

    static void count(OutboundCall call, ClusterStat stat) {
        Counters<ClusterStat> counters = call.cluster().state().counters();
        counters.count(stat);
    }

    private static void host(OutboundCall call, HostStat stat) {
        if (!call.released()) {
            call.endpoint().host().counters().count(stat);
        }
    }
}
