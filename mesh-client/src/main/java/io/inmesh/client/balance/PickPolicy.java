package io.inmesh.client.balance;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.xds.model.cluster.LbPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Makes pickers for a cluster's policy, other than consistent hashing.
 *
 * @param peakEwma takes the policy's place
 * @param slowStart null if new endpoints get their share at once
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/load_balancers">Envoy, supported
 *     load balancers</a>
 */
record PickPolicy(
        LbPolicy policy, boolean peakEwma, @Nullable SlowStart slowStart, MeshClock clock) {

    private static final LbPolicy.LeastRequest ISTIO_DEFAULT = new LbPolicy.LeastRequest(2, 1.0, null);

    /** A picker in which nobody takes part yet; Istio's default, least request, for a policy that Inmesh does not have. */
    MemberPicker over(Endpoint[] endpoints, int seed) {
        if (peakEwma) {
            return new PeakEwmaPicker(endpoints, clock);
        }
        if (policy instanceof LbPolicy.Random || endpoints.length == 0) {
            return new RandomPicker(endpoints);
        }
        boolean equal = equalWeights(endpoints) && (slowStart == null || !slowStart.any(endpoints, clock.nanoTime()));
        if (policy instanceof LbPolicy.RoundRobin) {
            return equal
                    ? new RoundRobinPicker(endpoints, seed)
                    : new WeightedPicker(
                            endpoints,
                            endpoint -> warm(
                                    endpoint, (double) endpoint.description().weight()));
        }
        LbPolicy.LeastRequest least = policy instanceof LbPolicy.LeastRequest chosen ? chosen : ISTIO_DEFAULT;
        return equal
                ? new LeastRequestPicker(endpoints, least.choiceCount(), seed)
                : new WeightedPicker(
                        endpoints, endpoint -> warm(endpoint, weightUnderLoad(endpoint, least.activeRequestBias())));
    }

    private double warm(Endpoint endpoint, double weight) {
        return slowStart == null ? weight : weight * slowStart.factor(endpoint, clock.nanoTime());
    }

    private static double weightUnderLoad(Endpoint endpoint, double bias) {
        double weight = endpoint.description().weight();
        double load = endpoint.host().activeRequests().get() + 1.0;
        return bias == 1.0 ? weight / load : weight / Math.pow(load, bias);
    }

    private static boolean equalWeights(Endpoint[] endpoints) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.description().weight() != endpoints[0].description().weight()) {
                return false;
            }
        }
        return true;
    }
}
