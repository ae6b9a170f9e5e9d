package io.inmesh.client.balance;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.CommonLb.LocalityMode.ZoneAware;
import io.inmesh.xds.model.cluster.LbPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's endpoints are chosen, apart from the endpoints themselves.
 *
 * @param policy that the cluster names
 * @param pickPolicy makes pickers where that is not consistent hashing
 * @param panicThreshold percent; 0 is off
 * @param zoneAware null where localities count by weight, or nothing knows the callers' own
 * @param hashByHostname consistent hashing places endpoints by their host names instead of their addresses
 */
record BalancerSettings(
        LbPolicy policy,
        PickPolicy pickPolicy,
        double panicThreshold,
        boolean weightedLocalities,
        @Nullable ZoneAware zoneAware,
        boolean hashByHostname) {

    /** Metadata of a cluster by which our control service chooses what Envoy has no name for; docs/adr/0026. */
    private static final String EXTENSIONS = "inmesh";

    static BalancerSettings of(Cluster cluster, MeshClock clock) {
        CommonLb common = cluster.commonLb();
        return new BalancerSettings(
                cluster.lbPolicy(),
                new PickPolicy(
                        cluster.lbPolicy(), peakEwma(cluster.metadata()), SlowStart.of(cluster.lbPolicy()), clock),
                // Envoy reads the threshold as a whole number of percents.
                Math.min(100, Math.floor(common.healthyPanicThreshold())),
                common.localityMode() instanceof CommonLb.LocalityMode.Weighted,
                zoneAware(common.localityMode()),
                common.hashByHostname());
    }

    /** Envoy prefers the own zone unless a cluster says otherwise, as soon as it knows its own cluster. */
    private static @Nullable ZoneAware zoneAware(CommonLb.LocalityMode mode) {
        if (mode instanceof CommonLb.LocalityMode.Weighted) {
            return null;
        }
        return mode instanceof ZoneAware written ? written : ZoneAware.DEFAULT;
    }

    /** In a panic nobody is called. */
    boolean failOnPanic() {
        return zoneAware != null && zoneAware.failTrafficOnPanic();
    }

    static boolean peakEwma(Metadata metadata) {
        return metadata.text(EXTENSIONS, "loadBalancer")
                .filter("PEAK_EWMA"::equals)
                .isPresent();
    }

    boolean hashes() {
        return !pickPolicy.peakEwma() && (policy instanceof LbPolicy.RingHash || policy instanceof LbPolicy.Maglev);
    }
}
