package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.xds.model.route.RetryOn;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * When an attempt is made again, compiled. Immutable.
 *
 * @param retryOn Envoy's conditions; empty: never
 * @param numRetries repetitions, the first attempt not counted
 * @param perTryTimeoutNanos 0 is off
 * @param perTryIdleNanos how long an attempt may be without a byte in either direction; 0 is off
 * @param hosts where repetitions go
 * @param retriableStatusCodes for {@link RetryOn#RETRIABLE_STATUS_CODES}
 * @param retriableHeaders for {@link RetryOn#RETRIABLE_HEADERS}, of responses
 * @param retriableRequestHeaders if not empty, only requests that match any are made again
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter">Envoy, router filter,
 *     x-envoy-retry-on</a>
 */
public record RetryPolicy(
        Set<RetryOn> retryOn,
        long numRetries,
        long perTryTimeoutNanos,
        long perTryIdleNanos,
        BackOff backOff,
        OtherHosts hosts,
        StatusCodes retriableStatusCodes,
        List<HeaderMatcher> retriableHeaders,
        List<HeaderMatcher> retriableRequestHeaders) {

    public static final RetryPolicy NONE =
            new RetryPolicy(Set.of(), 0, 0, 0, BackOff.DEFAULT, OtherHosts.ANY, StatusCodes.NONE, List.of(), List.of());

    public RetryPolicy {
        // An EnumSet: its contains() is one bit, where an immutable set hashes.
        retryOn = retryOn.isEmpty() ? EnumSet.noneOf(RetryOn.class) : EnumSet.copyOf(retryOn);
        retriableHeaders = List.copyOf(retriableHeaders);
        retriableRequestHeaders = List.copyOf(retriableRequestHeaders);
    }

    /** Whether the request may be made again at all. */
    public boolean covers(MeshRequest request) {
        if (retryOn.isEmpty()) {
            return false;
        }
        // Not by iterator: every request comes here.
        for (int i = 0; i < retriableRequestHeaders.size(); i++) {
            if (retriableRequestHeaders.get(i).matches(request)) {
                return true;
            }
        }
        return retriableRequestHeaders.isEmpty();
    }

    boolean on(RetryOn condition) {
        return retryOn.contains(condition);
    }

    /**
     * Where repetitions go.
     *
     * @param maxAttempts draws of a host beyond the first, in search of one not yet tried
     * @param avoidTried hosts already tried are avoided
     * @param priorityInterval after so many attempts, and again after as many more, the priorities tried so far are left out; 0 is off
     */
    public record OtherHosts(long maxAttempts, boolean avoidTried, int priorityInterval) {
        /** The balancer's choice. */
        public static final OtherHosts ANY = new OtherHosts(1, false, 0);
    }
}
