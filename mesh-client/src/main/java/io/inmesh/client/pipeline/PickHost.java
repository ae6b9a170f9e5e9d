package io.inmesh.client.pipeline;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.resilience.OutlierDetector;
import io.inmesh.client.resilience.RetryState;
import io.inmesh.client.route.UpstreamCluster;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Chooses the attempt's endpoint; a repeated attempt looks for one that was not tried yet. */
final class PickHost implements Step {

    private final RandomGenerator chance;
    private final MeshClock clock;

    PickHost(RandomGenerator chance, MeshClock clock) {
        this.chance = chance;
        this.clock = clock;
    }

    @Override
    public Next run(OutboundCall call) {
        UpstreamCluster cluster = Objects.requireNonNull(call.cluster, "cluster");
        long now = clock.nanoTime();
        call.attempts++;
        Endpoint endpoint = pick(call, cluster, now);
        if (endpoint == null) {
            call.attempt = null;
            call.replied(LocalReplies.noHealthyUpstream(call));
            return Next.REPLY;
        }
        if (call.retries != null) {
            call.retries.attempted(endpoint.host());
        }
        call.attempt = new Attempt(call, cluster, endpoint, call.attempts, now);
        return Next.CONTINUE;
    }

    private @Nullable Endpoint pick(OutboundCall call, UpstreamCluster cluster, long now) {
        if (cluster.originalDestination() != null) {
            return cluster.originalDestination();
        }
        OutlierDetector detector = cluster.outlierDetector();
        if (detector != null) {
            detector.sweep(now);
        }
        RetryState retries = call.retries;
        return call.attempts == 1 || retries == null
                ? cluster.balancer().pick(chance)
                : cluster.balancer()
                        .pick(chance, chance.nextLong(), retries::avoids, retries.hostSelectionMaxAttempts());
    }
}
