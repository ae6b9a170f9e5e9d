package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.ClusterLb.CommonLbConfig;
import io.inmesh.xds.envoy.ClusterLb.ConsistentHashingLbConfig;
import io.inmesh.xds.envoy.ClusterLb.LeastRequestLbConfig;
import io.inmesh.xds.envoy.ClusterLb.MaglevLbConfig;
import io.inmesh.xds.envoy.ClusterLb.RingHashLbConfig;
import io.inmesh.xds.envoy.ClusterLb.RoundRobinLbConfig;
import io.inmesh.xds.envoy.ClusterLb.SlowStartConfig;
import io.inmesh.xds.envoy.ClusterLb.ZoneAwareLbConfig;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.CoreBase.RuntimeDouble;
import io.inmesh.xds.envoy.Percents.Percent;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.CommonLb.LocalityMode;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.LbPolicy.HashFunction;
import io.inmesh.xds.model.cluster.LbPolicy.SlowStart;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Load balancing in {@code Cluster}. */
final class LbPolicyDecoder {

    private static final long MAX_RING_SIZE = 8_388_608;

    private LbPolicyDecoder() {}

    static LbPolicy decode(Fields cluster) {
        if (cluster.unrecognised(Cluster.LB_POLICY)) {
            return new LbPolicy.Unsupported("lb_policy");
        }
        return switch (cluster.get(Cluster.LB_POLICY)) {
            case ROUND_ROBIN ->
                cluster.nested(
                        Cluster.ROUND_ROBIN_LB_CONFIG,
                        config -> new LbPolicy.RoundRobin(slowStart(config.nestedOrNull(
                                RoundRobinLbConfig.SLOW_START_CONFIG, LbPolicyDecoder::slowStartConfig))));
            case LEAST_REQUEST -> cluster.nested(Cluster.LEAST_REQUEST_LB_CONFIG, LbPolicyDecoder::leastRequest);
            case RANDOM -> new LbPolicy.Random();
            case RING_HASH -> cluster.nested(Cluster.RING_HASH_LB_CONFIG, LbPolicyDecoder::ringHash);
            case MAGLEV ->
                cluster.nested(
                        Cluster.MAGLEV_LB_CONFIG,
                        config -> new LbPolicy.Maglev(config.or(MaglevLbConfig.TABLE_SIZE, 65_537L)));
            case CLUSTER_PROVIDED -> new LbPolicy.ClusterProvided();
            case LOAD_BALANCING_POLICY_CONFIG -> new LbPolicy.Unsupported("load_balancing_policy");
        };
    }

    private static LbPolicy leastRequest(Fields config) {
        return new LbPolicy.LeastRequest(
                config.or(LeastRequestLbConfig.CHOICE_COUNT, 2L),
                config.nestedOr(LeastRequestLbConfig.ACTIVE_REQUEST_BIAS, 1.0, LbPolicyDecoder::number),
                slowStart(
                        config.nestedOrNull(LeastRequestLbConfig.SLOW_START_CONFIG, LbPolicyDecoder::slowStartConfig)));
    }

    private static LbPolicy ringHash(Fields config) {
        return new LbPolicy.RingHash(
                config.or(RingHashLbConfig.MINIMUM_RING_SIZE, 1024L),
                config.or(RingHashLbConfig.MAXIMUM_RING_SIZE, MAX_RING_SIZE),
                switch (config.get(RingHashLbConfig.HASH_FUNCTION)) {
                    case XX_HASH -> HashFunction.XX_HASH;
                    case MURMUR_HASH_2 -> HashFunction.MURMUR_HASH_2;
                });
    }

    private static SlowStart slowStartConfig(Fields config) {
        return new SlowStart(
                config.or(SlowStartConfig.SLOW_START_WINDOW, Duration.ZERO),
                config.nestedOr(SlowStartConfig.AGGRESSION, 1.0, LbPolicyDecoder::number),
                config.nestedOr(SlowStartConfig.MIN_WEIGHT_PERCENT, 10.0, LbPolicyDecoder::percent));
    }

    private static @Nullable SlowStart slowStart(@Nullable SlowStart configured) {
        return configured == null || configured.window().isZero() ? null : configured;
    }

    static CommonLb common(Fields config) {
        return new CommonLb(
                config.nestedOr(
                        CommonLbConfig.HEALTHY_PANIC_THRESHOLD,
                        CommonLb.DEFAULT.healthyPanicThreshold(),
                        LbPolicyDecoder::percent),
                localityMode(config),
                config.nestedOr(
                        CommonLbConfig.CONSISTENT_HASHING_LB_CONFIG,
                        false,
                        hashing -> hashing.get(ConsistentHashingLbConfig.USE_HOSTNAME_FOR_HASHING)));
    }

    private static LocalityMode localityMode(Fields config) {
        if (config.has(CommonLbConfig.LOCALITY_WEIGHTED_LB_CONFIG)) {
            return config.nested(CommonLbConfig.LOCALITY_WEIGHTED_LB_CONFIG, nothing -> new LocalityMode.Weighted());
        } else if (config.has(CommonLbConfig.ZONE_AWARE_LB_CONFIG)) {
            return config.nested(
                    CommonLbConfig.ZONE_AWARE_LB_CONFIG,
                    zones -> new LocalityMode.ZoneAware(
                            zones.nestedOr(ZoneAwareLbConfig.ROUTING_ENABLED, 100.0, LbPolicyDecoder::percent),
                            zones.or(ZoneAwareLbConfig.MIN_CLUSTER_SIZE, 6L),
                            zones.get(ZoneAwareLbConfig.FAIL_TRAFFIC_ON_PANIC)));
        }
        return new LocalityMode.None();
    }

    /** There is no runtime that could change it, so that the key means nothing. */
    private static double number(Fields runtime) {
        runtime.ignore(RuntimeDouble.RUNTIME_KEY);
        return runtime.get(RuntimeDouble.DEFAULT_VALUE);
    }

    static double percent(Fields percent) {
        return percent.get(Percent.VALUE);
    }
}
