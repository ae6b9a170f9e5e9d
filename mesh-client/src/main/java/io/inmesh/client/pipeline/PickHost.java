package io.inmesh.client.pipeline;

import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.balance.LoadBalancer;
import io.inmesh.client.host.ClusterStat;
import io.inmesh.client.host.Host;
import io.inmesh.client.resilience.OutlierDetector;
import io.inmesh.client.resilience.RetryPolicy;
import io.inmesh.client.route.UpstreamCluster;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Chooses the attempt's endpoint; a repeated attempt looks for one that was not tried yet. */
final class PickHost implements Step {

    private final OutboundPipeline pipeline;

    PickHost(OutboundPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public Next run(OutboundCall call) {
        call.attempts++;
        call.attemptNanos = call.nowNanos;
        call.timeout = Timeout.NONE;
        call.endpoint = pick(call, call.cluster());
        if (call.endpoint == null) {
            call.replied(LocalReplies.noHealthyUpstream(call));
            Charge.count(call, ClusterStat.CX_NONE_HEALTHY);
            Charge.answered(call, call.reply().status());
            return Next.REPLY;
        }
        if (call.cluster().balancer().measures()) {
            wake(call.endpoint().host(), call.nowNanos);
        }
        return Next.CONTINUE;
    }

    private static void wake(Host host, long nowNanos) {
        if (host.activeRequests().get() == 0) {
            host.latency().wakes(nowNanos);
        }
    }

    private @Nullable Endpoint pick(OutboundCall call, UpstreamCluster cluster) {
        if (cluster.originalDestination() != null) {
            return cluster.originalDestination();
        }
        OutlierDetector detector = cluster.outlierDetector();
        if (detector != null) {
            detector.sweep(call.nowNanos);
        }
        RandomGenerator chance = pipeline.chance();
        LoadBalancer balancer = cluster.balancer();
        long hash = balancer.hashes() ? key(call).hash() : 0;
        PastAttempt past = call.past;
        if (past == null || call.forward == null) {
            return balancer.pick(chance, hash);
        }
        RetryPolicy.OtherHosts others = call.forward.retry().hosts();
        TriedPriorities tried = call.tried;
        return balancer.pickAgain(
                chance,
                hash,
                host -> others.avoidTried() && PastAttempt.tried(past, host),
                others.avoidTried() ? others.maxAttempts() : 0,
                tried == null ? 0 : tried.leftOut(others.priorityInterval(), balancer::healthyBeside));
    }

    private RequestKey key(OutboundCall call) {
        RequestKey key = call.key;
        if (key == null) {
            key = new RequestKey(call, pipeline);
            call.key = key;
        }
        return key;
    }
}
