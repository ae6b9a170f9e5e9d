package io.inmesh.client.balance;

import io.inmesh.xds.model.cluster.LbPolicy;

/**
 * Makes pickers for a cluster's policy.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/load_balancers">Envoy, supported
 *     load balancers</a>
 */
@FunctionalInterface
interface PickPolicy {

    /** Takes at least one endpoint. */
    Picker over(Endpoint[] endpoints, int seed);

    /** Envoy's behaviour for the policy; Istio's default, least request, for one that Inmesh does not have yet. */
    static PickPolicy of(LbPolicy policy) {
        if (policy instanceof LbPolicy.RoundRobin) {
            return PickPolicy::roundRobin;
        }
        if (policy instanceof LbPolicy.Random) {
            return (endpoints, seed) -> new RandomPicker(endpoints);
        }
        return policy instanceof LbPolicy.LeastRequest least
                ? (endpoints, seed) -> leastRequest(endpoints, seed, least.choiceCount(), least.activeRequestBias())
                : (endpoints, seed) -> leastRequest(endpoints, seed, 2, 1.0);
    }

    private static Picker roundRobin(Endpoint[] endpoints, int seed) {
        return equalWeights(endpoints)
                ? new RoundRobinPicker(endpoints, seed)
                : new WeightedPicker(
                        endpoints, endpoint -> endpoint.description().weight(), seed);
    }

    private static Picker leastRequest(Endpoint[] endpoints, int seed, long choices, double bias) {
        return equalWeights(endpoints)
                ? new LeastRequestPicker(endpoints, choices)
                : new WeightedPicker(endpoints, endpoint -> weightUnderLoad(endpoint, bias), seed);
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
