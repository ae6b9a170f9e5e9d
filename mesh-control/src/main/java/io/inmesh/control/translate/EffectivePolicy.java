package io.inmesh.control.translate;

import io.inmesh.control.config.ClientTls;
import io.inmesh.control.config.ConnectionPool;
import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.config.LoadBalancer;
import io.inmesh.control.config.OutlierDetection;
import io.inmesh.control.config.TrafficPolicy;
import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.PushContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a DestinationRule says about one subset of one port: the host's policy, or that of the port in its place; over it, block by
 * block, the subset's.
 */
record EffectivePolicy(Optional<DestinationRule> rule, TrafficPolicy policy) {

    static EffectivePolicy of(
            PushContext context, String clientNamespace, MeshService service, int port, String subset) {
        return of(context.destinationRule(clientNamespace, service), port, subset);
    }

    static EffectivePolicy of(Optional<DestinationRule> rule, int port, String subset) {
        TrafficPolicy host = rule.flatMap(DestinationRule::trafficPolicy)
                .orElse(TrafficPolicy.NONE)
                .forPort(port);
        TrafficPolicy own = rule.stream()
                .flatMap(found -> found.subsets().stream())
                .filter(candidate -> candidate.name().equals(subset))
                .flatMap(found -> found.trafficPolicy().stream())
                .findFirst()
                .orElse(TrafficPolicy.NONE)
                .forPort(port);
        return new EffectivePolicy(rule, host.overlaidBy(own));
    }

    Optional<LoadBalancer> loadBalancer() {
        return policy.loadBalancer();
    }

    Optional<ConnectionPool> connectionPool() {
        return policy.connectionPool();
    }

    Optional<OutlierDetection> outlierDetection() {
        return policy.outlierDetection();
    }

    Optional<ClientTls> tls() {
        return policy.tls();
    }

    /** The fields that an operator wrote, by their path in Istio's resources. */
    List<String> explicit() {
        List<String> written = new ArrayList<>();
        policy.loadBalancer().ifPresent(block -> written.add("loadBalancer"));
        policy.connectionPool().ifPresent(pool -> {
            pool.tcp().maxConnections().ifPresent(value -> written.add("connectionPool.tcp.maxConnections"));
            pool.tcp().connectTimeout().ifPresent(value -> written.add("connectionPool.tcp.connectTimeout"));
            pool.http()
                    .http1MaxPendingRequests()
                    .ifPresent(value -> written.add("connectionPool.http.http1MaxPendingRequests"));
            pool.http().http2MaxRequests().ifPresent(value -> written.add("connectionPool.http.http2MaxRequests"));
            pool.http().maxRetries().ifPresent(value -> written.add("connectionPool.http.maxRetries"));
        });
        policy.outlierDetection().ifPresent(outlier -> written.addAll(written(outlier)));
        policy.tls().ifPresent(block -> written.add("tls"));
        policy.retryBudget().ifPresent(block -> written.add("retryBudget"));
        return written;
    }

    private static List<String> written(OutlierDetection outlier) {
        List<String> paths = new ArrayList<>();
        outlier.consecutive5xxErrors().ifPresent(value -> paths.add("outlierDetection.consecutive5xxErrors"));
        outlier.consecutiveGatewayErrors().ifPresent(value -> paths.add("outlierDetection.consecutiveGatewayErrors"));
        outlier.interval().ifPresent(value -> paths.add("outlierDetection.interval"));
        outlier.baseEjectionTime().ifPresent(value -> paths.add("outlierDetection.baseEjectionTime"));
        outlier.maxEjectionPercent().ifPresent(value -> paths.add("outlierDetection.maxEjectionPercent"));
        return paths;
    }
}
