package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.client.match.StringMatcher;
import io.inmesh.xds.model.route.RetryOn;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt is made again, compiled. Immutable.
 *
 * @param retryOn Envoy's conditions; empty: never
 * @param numRetries repetitions, the first attempt not counted
 * @param perTryTimeoutNanos 0 is off
 * @param baseMillis first back-off interval
 * @param maxMillis largest back-off interval
 * @param hostSelectionMaxAttempts draws of a host beyond the first, in search of one not yet tried
 * @param previousHosts hosts already tried are avoided
 * @param retriableStatusCodes for {@link RetryOn#RETRIABLE_STATUS_CODES}
 * @param retriableHeaders for {@link RetryOn#RETRIABLE_HEADERS}
 * @param retriableRequestHeaders if not empty, only requests that match any are made again
 * @param previousPriorities after so many attempts, and again after as many more, the priorities tried so far are left out; 0 is off
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter">Envoy, router filter,
 *     x-envoy-retry-on</a>
 */
public record RetryPolicy(
        Set<RetryOn> retryOn,
        long numRetries,
        long perTryTimeoutNanos,
        long baseMillis,
        long maxMillis,
        long hostSelectionMaxAttempts,
        boolean previousHosts,
        StatusCodes retriableStatusCodes,
        List<ResponseHeader> retriableHeaders,
        List<HeaderMatcher> retriableRequestHeaders,
        int previousPriorities) {

    public static final RetryPolicy NONE =
            new RetryPolicy(Set.of(), 0, 0, 25, 250, 1, false, StatusCodes.NONE, List.of(), List.of(), 0);

    public RetryPolicy {
        // An EnumSet: its contains() is one bit, where an immutable set hashes.
        retryOn = retryOn.isEmpty() ? EnumSet.noneOf(RetryOn.class) : EnumSet.copyOf(retryOn);
        retriableHeaders = List.copyOf(retriableHeaders);
        retriableRequestHeaders = List.copyOf(retriableRequestHeaders);
    }

    /** Without looking at priorities. */
    public RetryPolicy(
            Set<RetryOn> retryOn,
            long numRetries,
            long perTryTimeoutNanos,
            long baseMillis,
            long maxMillis,
            long hostSelectionMaxAttempts,
            boolean previousHosts,
            StatusCodes retriableStatusCodes,
            List<ResponseHeader> retriableHeaders,
            List<HeaderMatcher> retriableRequestHeaders) {
        this(
                retryOn,
                numRetries,
                perTryTimeoutNanos,
                baseMillis,
                maxMillis,
                hostSelectionMaxAttempts,
                previousHosts,
                retriableStatusCodes,
                retriableHeaders,
                retriableRequestHeaders,
                0);
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
     * A condition on a header of a response.
     *
     * @param value null if presence counts alone
     */
    public record ResponseHeader(String name, @Nullable StringMatcher value, boolean invert) {

        boolean matches(@Nullable String actual) {
            return actual != null && (value == null || value.matches(actual)) != invert;
        }
    }
}
