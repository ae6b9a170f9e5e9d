package io.inmesh.client.balance;

import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;

/**
 * How a cluster's endpoints are chosen, apart from the endpoints themselves.
 *
 * @param panicThreshold percent; 0 is off
 */
record BalancerSettings(PickPolicy policy, double panicThreshold, boolean weightedLocalities) {

    static BalancerSettings of(LbPolicy policy, CommonLb common) {
        return new BalancerSettings(
                PickPolicy.of(policy),
                // Envoy reads the threshold as a whole number of percents.
                Math.min(100, Math.floor(common.healthyPanicThreshold())),
                common.localityMode() instanceof CommonLb.LocalityMode.Weighted);
    }
}
