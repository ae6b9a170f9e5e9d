package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.Fraction;
import io.inmesh.client.match.HeaderMatcher;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Faults to inject before a request is routed: a delay, then perhaps an abort, each drawn for itself. Immutable.
 *
 * @param delayNanos 0 for none
 * @param delayShare of requests that are delayed
 * @param abortStatus HTTP status; 0 for none
 * @param abortGrpcStatus -1 unless the abort is one of gRPC
 * @param abortShare of requests that are aborted
 * @param headers requests that do not match all of them are spared
 * @param upstreamCluster only requests to this cluster; null for all
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/fault_filter">Envoy, fault injection</a>
 */
public record FaultPolicy(
        long delayNanos,
        Fraction delayShare,
        int abortStatus,
        int abortGrpcStatus,
        Fraction abortShare,
        List<HeaderMatcher> headers,
        @Nullable String upstreamCluster) {

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
    public long drawDelayNanos(RandomGenerator chance) {
        return delayNanos > 0 && delayShare.covers(chance) ? delayNanos : 0;
    }

    public boolean drawAbort(RandomGenerator chance) {
        return abortStatus > 0 && abortShare.covers(chance);
    }
}
