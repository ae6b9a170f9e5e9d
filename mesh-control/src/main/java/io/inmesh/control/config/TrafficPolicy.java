package io.inmesh.control.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Istio's TrafficPolicy: blocks that are there or not.
 *
 * @param ports blocks that take the place of the destination's for one port, all of them, written or not
 */
public record TrafficPolicy(
        Optional<LoadBalancer> loadBalancer,
        Optional<ConnectionPool> connectionPool,
        Optional<OutlierDetection> outlierDetection,
        Optional<ClientTls> tls,
        Optional<RetryBudget> retryBudget,
        Map<Integer, TrafficPolicy> ports) {

    /** No block at all. */
    public static final TrafficPolicy NONE = new TrafficPolicy(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    /**
     * How many attempts may be retries.
     *
     * @param percent of requests
     * @param minRetryConcurrency allowed in any case; 3 where nothing or 0 is written
     * @param interval requests begun within it count, in the place of active ones
     */
    public record RetryBudget(double percent, int minRetryConcurrency, Optional<Duration> interval) {
        static RetryBudget read(Fields budget) {
            int least =
                    budget.integer("minRetryConcurrency", 0, Integer.MAX_VALUE).orElse(0);
            return new RetryBudget(
                    budget.number("percent", 0, 100).orElse(20.0),
                    least == 0 ? 3 : least,
                    budget.duration("budgetInterval"));
        }
    }

    private record PortPolicy(int port, TrafficPolicy policy) {}

    static TrafficPolicy read(Fields policy) {
        policy.unsupported("tunnel", "proxyProtocol");
        List<PortPolicy> ports = policy.list("portLevelSettings", TrafficPolicy::portPolicy);
        return blocks(
                policy,
                ports.stream()
                        .collect(Collectors.toUnmodifiableMap(PortPolicy::port, PortPolicy::policy, (a, b) -> b)));
    }

    private static PortPolicy portPolicy(Fields policy) {
        int port = policy.object("port", fields -> fields.integer("number", 1, 65_535)
                        .orElseThrow(() -> fields.invalid("number", "is required")))
                .orElseThrow(() -> policy.invalid("port", "is required"));
        return new PortPolicy(port, blocks(policy, Map.of()));
    }

    private static TrafficPolicy blocks(Fields policy, Map<Integer, TrafficPolicy> ports) {
        return new TrafficPolicy(
                policy.object("loadBalancer", LoadBalancer::read),
                policy.object("connectionPool", ConnectionPool::read),
                policy.object("outlierDetection", OutlierDetection::read),
                policy.object("tls", ClientTls::read),
                policy.object("retryBudget", RetryBudget::read),
                ports);
    }

    /** This policy with each block of the other that is there in place of its own; as a subset overlays its host. */
    public TrafficPolicy overlaidBy(TrafficPolicy other) {
        return new TrafficPolicy(
                other.loadBalancer.or(() -> loadBalancer),
                other.connectionPool.or(() -> connectionPool),
                other.outlierDetection.or(() -> outlierDetection),
                other.tls.or(() -> tls),
                other.retryBudget.or(() -> retryBudget),
                Map.of());
    }

    boolean looksAtPlaces() {
        return outlierDetection.isPresent()
                || loadBalancer.flatMap(LoadBalancer::locality).isPresent()
                || loadBalancer.flatMap(LoadBalancer::zones).isPresent()
                || ports.values().stream().anyMatch(TrafficPolicy::looksAtPlaces);
    }

    /** The policy of one port: its own settings if there are any, which replace all of these. */
    public TrafficPolicy forPort(int port) {
        return ports.getOrDefault(port, this);
    }
}
