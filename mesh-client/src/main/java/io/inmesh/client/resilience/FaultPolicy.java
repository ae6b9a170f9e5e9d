package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.host.Gauge;
import io.inmesh.client.match.HeaderMatcher;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Faults to inject before a request is routed: a delay, then perhaps an abort, each drawn for itself. Immutable.
 *
 * @param delay null for none
 * @param abort null for none
 * @param headers requests that do not match all of them are spared
 * @param upstreamCluster only requests to this cluster; null for all
 * @param active counts the requests under way that have a fault; null if their number is not limited
 * @param maxActive while so many have one, no other gets one
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/fault_filter">Envoy, fault injection</a>
 */
public record FaultPolicy(
        @Nullable FaultDelay delay,
        @Nullable FaultAbort abort,
        List<HeaderMatcher> headers,
        @Nullable String upstreamCluster,
        @Nullable Gauge active,
        long maxActive) {

    public FaultPolicy {
        headers = List.copyOf(headers);
    }

    public boolean covers(MeshRequest request, String cluster) {
        if (upstreamCluster != null && !upstreamCluster.equals(cluster)) {
            return false;
        }
        for (HeaderMatcher matcher : headers) {
            if (!matcher.matches(request)) {
                return false;
            }
        }
        return true;
    }

    /** How long this request is delayed; 0 if it is not. */
    public long drawDelayNanos(MeshRequest request, RandomGenerator chance) {
        return delay == null ? 0 : delay.drawNanos(request, chance);
    }

    /** What this request is answered with; null if it is not. */
    public @Nullable Answer drawAbort(MeshRequest request, RandomGenerator chance) {
        return abort == null ? null : abort.draw(request, chance);
    }

    /** Whether one more request may have a fault; if so, {@link #end()} follows when the request has ended. */
    public boolean begin() {
        return active == null || active.tryIncrement(maxActive);
    }

    public void end() {
        if (active != null) {
            active.decrement();
        }
    }

    /**
     * An abort's answer.
     *
     * @param grpcStatus -1 unless it is one of gRPC
     */
    public record Answer(int status, int grpcStatus) {}
}
