package io.inmesh.client.route;

import io.inmesh.client.resilience.FaultPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cluster, or several by weight. Immutable.
 *
 * @param shares at least one, whose weights' sum is at least 1
 * @param total sum of all weights
 */
public record ClusterChoice(List<Share> shares, long total) {

    public ClusterChoice {
        shares = List.copyOf(shares);
    }

    public static ClusterChoice of(List<Share> shares) {
        return new ClusterChoice(
                shares, shares.stream().mapToLong(Share::weight).sum());
    }

    /** The share that a random value leads to; the value is read as unsigned. */
    public Share choose(long random) {
        if (shares.size() == 1) {
            return shares.get(0);
        }
        long left = Long.remainderUnsigned(random, total);
        for (int i = 0; i < shares.size() - 1; i++) {
            left -= shares.get(i).weight();
            if (left < 0) {
                return shares.get(i);
            }
        }
        return shares.get(shares.size() - 1);
    }

    /**
     * A cluster and its part of the traffic.
     *
     * @param requestHeaders changes of all levels in the order in which they take effect
     * @param responseHeaders likewise
     * @param authority in place of what the route makes of it; null if this cluster has none of its own
     * @param fault injected into requests to this cluster, whichever level says so; null if none is
     */
    public record Share(
            String cluster,
            long weight,
            HeaderEdits requestHeaders,
            HeaderEdits responseHeaders,
            @Nullable String authority,
            @Nullable FaultPolicy fault) {}
}
