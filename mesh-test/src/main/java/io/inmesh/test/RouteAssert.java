package io.inmesh.test;

import io.inmesh.client.pipeline.Explanation;
import io.inmesh.client.pipeline.Explanation.Destination;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on where a request would go. A failure shows the whole explanation. */
public final class RouteAssert extends AbstractAssert<RouteAssert, Explanation> {

    private static final int PERCENT = 100;

    RouteAssert(Explanation explanation) {
        super(explanation, RouteAssert.class);
    }

    /** All requests like it go to that subset, or to that service where it has no subsets. */
    public RouteAssert to(String subsetOrHost) {
        return toShares(Map.of(subsetOrHost, PERCENT));
    }

    /** Requests like it are split so, in percent by subset; or by service where there are no subsets. */
    public RouteAssert toShares(Map<String, Integer> percent) {
        Map<String, Integer> shares = new TreeMap<>();
        for (Destination to : actual.clusters()) {
            int share = (int) (to.weight() * PERCENT / to.totalWeight());
            if (share > 0) {
                shares.merge(name(to.cluster(), percent), share, Integer::sum);
            }
        }
        Assertions.assertThat(shares)
                .as("%s%n%s", descriptionText(), actual.text())
                .isEqualTo(new TreeMap<>(percent));
        return this;
    }

    /** It is answered without an upstream. */
    public RouteAssert repliesWith(int status) {
        Assertions.assertThat(actual.reply())
                .as("%s%n%s", descriptionText(), actual.text())
                .isEqualTo(status);
        return this;
    }

    /** The route's timeout; zero for none. */
    public RouteAssert withTimeout(Duration timeout) {
        Assertions.assertThat(actual.policy().timeout())
                .as("%s%n%s", descriptionText(), actual.text())
                .isEqualTo(timeout);
        return this;
    }

    /** How many further attempts there may be. */
    public RouteAssert withRetries(int attempts) {
        Assertions.assertThat(actual.policy().numRetries())
                .as("%s%n%s", descriptionText(), actual.text())
                .isEqualTo(attempts);
        return this;
    }

    /** The VirtualService behind it. */
    public RouteAssert by(String virtualService) {
        Assertions.assertThat(actual.istioConfig())
                .as("%s%n%s", descriptionText(), actual.text())
                .endsWith("/virtual-service/" + virtualService);
        return this;
    }

    private static String name(String cluster, Map<String, Integer> wanted) {
        String subset = subset(cluster);
        String host = cluster.substring(cluster.lastIndexOf('|') + 1);
        if (!subset.isEmpty()) {
            return subset;
        }
        String shortName = host.indexOf('.') < 0 ? host : host.substring(0, host.indexOf('.'));
        return wanted.containsKey(host) ? host : shortName;
    }

    /** The third part of Istio's names of clusters; empty if there is none. */
    static String subset(String cluster) {
        String[] parts = cluster.split("\\|", -1);
        return parts.length == 4 ? parts[2] : "";
    }
}
