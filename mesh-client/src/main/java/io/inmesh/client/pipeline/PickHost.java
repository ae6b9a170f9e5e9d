package io.inmesh.client.pipeline;

import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.resilience.OutlierDetector;
import io.inmesh.client.route.UpstreamCluster;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Chooses the attempt's endpoint; a repeated attempt looks for one that was not tried yet. */
final class PickHost implements Step {

    private final RandomGenerator chance;

    PickHost(RandomGenerator chance) {
        this.chance = chance;
    }

    @Override
    public Next run(OutboundCall call) {
        call.attempts++;
        call.attemptNanos = call.nowNanos;
        call.timeout = Timeout.NONE;
        call.endpoint = pick(call, call.cluster());
        if (call.endpoint == null) {
            call.replied(LocalReplies.noHealthyUpstream(call));
            return Next.REPLY;
        }
        return Next.CONTINUE;
    }

    private @Nullable Endpoint pick(OutboundCall call, UpstreamCluster cluster) {
        if (cluster.originalDestination() != null) {
            return cluster.originalDestination();
        }
        OutlierDetector detector = cluster.outlierDetector();
        if (detector != null) {
            detector.sweep(call.nowNanos);
        }
        PastAttempt past = call.past;
        if (past == null || call.forward == null || !call.forward.retry().previousHosts()) {
            return cluster.balancer().pick(chance);
        }
        long draws = call.forward.retry().hostSelectionMaxAttempts();
        return cluster.balancer().pick(chance, chance.nextLong(), host -> PastAttempt.tried(past, host), draws);
    }
}
