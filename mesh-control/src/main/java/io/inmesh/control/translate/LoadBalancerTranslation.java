package io.inmesh.control.translate;

import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.config.LoadBalancer;
import io.inmesh.control.config.LocalityBalancing;
import io.inmesh.xds.envoy.ClusterLb.LeastRequestLbConfig;
import io.inmesh.xds.envoy.ClusterLb.MaglevLbConfig;
import io.inmesh.xds.envoy.ClusterLb.RingHashLbConfig;
import io.inmesh.xds.envoy.ClusterLb.RoundRobinLbConfig;
import io.inmesh.xds.envoy.ClusterLb.SlowStartConfig;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.LbPolicy;
import io.inmesh.xds.envoy.CoreBase.RuntimeDouble;
import io.inmesh.xds.envoy.Percents.Percent;
import io.inmesh.xds.wire.Message;
import java.util.Optional;

/** DestinationRule {@code loadBalancer}; nothing written, or UNSPECIFIED, is LEAST_REQUEST. */
final class LoadBalancerTranslation {

    private LoadBalancerTranslation() {}

    static boolean passthrough(Optional<LoadBalancer> written) {
        return written.filter(balancer -> balancer.simple() == LoadBalancer.Simple.PASSTHROUGH)
                .isPresent();
    }

    /** Whether the rule's annotation asks for it and nothing is hashed. */
    static boolean peakEwma(EffectivePolicy policy) {
        boolean hashed =
                policy.loadBalancer().flatMap(LoadBalancer::consistentHash).isPresent();
        return !hashed && policy.rule().filter(DestinationRule::peakEwma).isPresent();
    }

    /**
     * The policy, and how localities count.
     *
     * @param mesh the mesh's own places, for rules that say nothing of them
     * @param ejects whether hosts are ejected, without which nothing fails over
     */
    static Message on(Message cluster, Optional<LoadBalancer> written, LocalityBalancing mesh, boolean ejects) {
        return policy(LocalityModes.on(cluster, written, mesh, ejects), written);
    }

    private static Message policy(Message cluster, Optional<LoadBalancer> written) {
        if (written.isEmpty()) {
            return cluster.with(Cluster.LB_POLICY, LbPolicy.LEAST_REQUEST);
        }
        LoadBalancer balancer = written.get();
        if (balancer.consistentHash().isPresent()) {
            return hashed(cluster, balancer.consistentHash().get());
        }
        return switch (balancer.simple()) {
            case RANDOM -> cluster.with(Cluster.LB_POLICY, LbPolicy.RANDOM);
            case ROUND_ROBIN -> roundRobin(cluster, balancer.warmup());
            default -> leastRequest(cluster, balancer.warmup());
        };
    }

    private static Message hashed(Message cluster, LoadBalancer.ConsistentHash hash) {
        if (hash.maglevTableSize().isPresent()) {
            return cluster.with(Cluster.LB_POLICY, LbPolicy.MAGLEV)
                    .with(
                            Cluster.MAGLEV_LB_CONFIG,
                            Message.of(MaglevLbConfig.TYPE)
                                    .with(
                                            MaglevLbConfig.TABLE_SIZE,
                                            hash.maglevTableSize().get()));
        }
        return cluster.with(Cluster.LB_POLICY, LbPolicy.RING_HASH)
                .with(
                        Cluster.RING_HASH_LB_CONFIG,
                        Message.of(RingHashLbConfig.TYPE)
                                .with(RingHashLbConfig.MINIMUM_RING_SIZE, hash.minimumRingSize()));
    }

    private static Message roundRobin(Message cluster, Optional<LoadBalancer.Warmup> warmup) {
        Message chosen = cluster.with(Cluster.LB_POLICY, LbPolicy.ROUND_ROBIN);
        return warmup.map(slow -> chosen.with(
                        Cluster.ROUND_ROBIN_LB_CONFIG,
                        Message.of(RoundRobinLbConfig.TYPE)
                                .with(RoundRobinLbConfig.SLOW_START_CONFIG, slowStart(slow))))
                .orElse(chosen);
    }

    private static Message leastRequest(Message cluster, Optional<LoadBalancer.Warmup> warmup) {
        Message chosen = cluster.with(Cluster.LB_POLICY, LbPolicy.LEAST_REQUEST);
        return warmup.map(slow -> chosen.with(
                        Cluster.LEAST_REQUEST_LB_CONFIG,
                        Message.of(LeastRequestLbConfig.TYPE)
                                .with(LeastRequestLbConfig.SLOW_START_CONFIG, slowStart(slow))))
                .orElse(chosen);
    }

    private static Message slowStart(LoadBalancer.Warmup warmup) {
        return Message.of(SlowStartConfig.TYPE)
                .with(SlowStartConfig.SLOW_START_WINDOW, warmup.duration())
                .with(
                        SlowStartConfig.AGGRESSION,
                        Message.of(RuntimeDouble.TYPE)
                                .with(RuntimeDouble.DEFAULT_VALUE, warmup.aggression())
                                .with(RuntimeDouble.RUNTIME_KEY, "("))
                .with(
                        SlowStartConfig.MIN_WEIGHT_PERCENT,
                        Message.of(Percent.TYPE).with(Percent.VALUE, warmup.minimumPercent()));
    }
}
