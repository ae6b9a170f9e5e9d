package io.inmesh.client.route;

import io.inmesh.client.resilience.RetryPolicy;
import io.inmesh.client.resilience.Timeouts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a request that matched. */
public sealed interface RouteTarget {

    /**
     * It goes to a cluster.
     *
     * @param clusterNotFoundStatus status if the cluster does not exist
     * @param rewrite how path and authority change
     * @param attemptCountInRequest attempts carry {@code x-envoy-attempt-count}
     * @param attemptCountInResponse responses carry it
     * @param highPriority the cluster's thresholds for high priority count
     * @param hash by which consistent hashing chooses
     * @param mirrors who gets copies
     * @param cors what pages of other origins may do; null if nothing is said
     */
    record Forward(
            ClusterChoice clusters,
            Timeouts timeouts,
            RetryPolicy retry,
            Rewrite rewrite,
            int clusterNotFoundStatus,
            boolean attemptCountInRequest,
            boolean attemptCountInResponse,
            boolean highPriority,
            RequestHash hash,
            List<MirrorPolicy> mirrors,
            @Nullable CorsPolicy cors)
            implements RouteTarget {

        public Forward {
            mirrors = List.copyOf(mirrors);
        }

        /** What holds for a copy: no second try, and no copies of its own. */
        public Forward ofCopy() {
            return new Forward(
                    clusters,
                    timeouts.with(timeouts.globalNanos(), 0),
                    RetryPolicy.NONE,
                    rewrite,
                    clusterNotFoundStatus,
                    attemptCountInRequest,
                    attemptCountInResponse,
                    highPriority,
                    hash,
                    List.of(),
                    null);
        }
    }

    /** It is answered at once. */
    record DirectResponse(int status, String body, HeaderEdits headers) implements RouteTarget {}

    /**
     * It is answered with a {@code Location}; what is null stays as in the request.
     *
     * @param port -1 if it stays
     * @param headers changes of the answer
     */
    record Redirect(
            int status,
            @Nullable String scheme,
            @Nullable String host,
            int port,
            Rewrite.@Nullable Path path,
            boolean stripQuery,
            HeaderEdits headers)
            implements RouteTarget {}

    /** It cannot be served. */
    record Unsupported(String field) implements RouteTarget {}
}
