package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.DURATION;
import static io.inmesh.xds.wire.WellKnown.UINT32_VALUE;
import static io.inmesh.xds.wire.WellKnown.UINT64_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.time.Duration;

/** Load balancing in {@code envoy/config/cluster/v3/cluster.proto}. */
public final class ClusterLb {

    private ClusterLb() {}

    /** {@code envoy.config.cluster.v3.Cluster.LeastRequestLbConfig}. */
    public static final class LeastRequestLbConfig {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.Cluster.LeastRequestLbConfig");
        public static final Field<Long> CHOICE_COUNT = D.field(1, "choice_count", UINT32_VALUE);
        public static final Field<Message> ACTIVE_REQUEST_BIAS =
                D.field(2, "active_request_bias", message(() -> CoreBase.RuntimeDouble.TYPE));
        public static final Field<Message> SLOW_START_CONFIG =
                D.field(3, "slow_start_config", message(() -> SlowStartConfig.TYPE));
        public static final MessageType TYPE = D.type();

        private LeastRequestLbConfig() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.RoundRobinLbConfig}. */
    public static final class RoundRobinLbConfig {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.Cluster.RoundRobinLbConfig");
        public static final Field<Message> SLOW_START_CONFIG =
                D.field(1, "slow_start_config", message(() -> SlowStartConfig.TYPE));
        public static final MessageType TYPE = D.type();

        private RoundRobinLbConfig() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.SlowStartConfig}. */
    public static final class SlowStartConfig {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.Cluster.SlowStartConfig");
        public static final Field<Duration> SLOW_START_WINDOW = D.field(1, "slow_start_window", DURATION);
        public static final Field<Message> AGGRESSION =
                D.field(2, "aggression", message(() -> CoreBase.RuntimeDouble.TYPE));
        public static final Field<Message> MIN_WEIGHT_PERCENT =
                D.field(3, "min_weight_percent", message(() -> Percents.Percent.TYPE));
        public static final MessageType TYPE = D.type();

        private SlowStartConfig() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.RingHashLbConfig}. */
    public static final class RingHashLbConfig {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.Cluster.RingHashLbConfig");
        public static final Field<Long> MINIMUM_RING_SIZE = D.field(1, "minimum_ring_size", UINT64_VALUE);
        public static final Field<HashFunction> HASH_FUNCTION =
                D.field(3, "hash_function", enumeration(HashFunction.class));
        public static final Field<Long> MAXIMUM_RING_SIZE = D.field(4, "maximum_ring_size", UINT64_VALUE);
        public static final MessageType TYPE = D.type();

        private RingHashLbConfig() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.MaglevLbConfig}. */
    public static final class MaglevLbConfig {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.Cluster.MaglevLbConfig");
        public static final Field<Long> TABLE_SIZE = D.field(1, "table_size", UINT64_VALUE);
        public static final MessageType TYPE = D.type();

        private MaglevLbConfig() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.CommonLbConfig}. */
    public static final class CommonLbConfig {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.Cluster.CommonLbConfig");
        public static final Field<Message> HEALTHY_PANIC_THRESHOLD =
                D.field(1, "healthy_panic_threshold", message(() -> Percents.Percent.TYPE));
        public static final Field<Message> ZONE_AWARE_LB_CONFIG =
                D.oneof("locality_config_specifier", 2, "zone_aware_lb_config", message(() -> ZoneAwareLbConfig.TYPE));
        public static final Field<Message> LOCALITY_WEIGHTED_LB_CONFIG = D.oneof(
                "locality_config_specifier",
                3,
                "locality_weighted_lb_config",
                message(() -> LocalityWeightedLbConfig.TYPE));
        public static final Field<Message> CONSISTENT_HASHING_LB_CONFIG =
                D.field(7, "consistent_hashing_lb_config", message(() -> ConsistentHashingLbConfig.TYPE));
        public static final MessageType TYPE = D.others("update_merge_window=4 ignore_new_hosts_until_first_hc=5")
                .others("close_connections_on_host_set_change=6 override_host_status=8")
                .type();

        private CommonLbConfig() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.CommonLbConfig.ConsistentHashingLbConfig}. */
    public static final class ConsistentHashingLbConfig {
        private static final Declaration D =
                Declaration.of("envoy.config.cluster.v3.Cluster.CommonLbConfig.ConsistentHashingLbConfig");
        public static final Field<Boolean> USE_HOSTNAME_FOR_HASHING = D.field(1, "use_hostname_for_hashing", BOOL);
        public static final MessageType TYPE = D.others("hash_balance_factor=2").type();

        private ConsistentHashingLbConfig() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.CommonLbConfig.ZoneAwareLbConfig}. */
    public static final class ZoneAwareLbConfig {
        private static final Declaration D =
                Declaration.of("envoy.config.cluster.v3.Cluster.CommonLbConfig.ZoneAwareLbConfig");
        public static final Field<Message> ROUTING_ENABLED =
                D.field(1, "routing_enabled", message(() -> Percents.Percent.TYPE));
        public static final Field<Long> MIN_CLUSTER_SIZE = D.field(2, "min_cluster_size", UINT64_VALUE);
        public static final Field<Boolean> FAIL_TRAFFIC_ON_PANIC = D.field(3, "fail_traffic_on_panic", BOOL);
        public static final MessageType TYPE = D.type();

        private ZoneAwareLbConfig() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.CommonLbConfig.LocalityWeightedLbConfig}. */
    public static final class LocalityWeightedLbConfig {
        private static final Declaration D =
                Declaration.of("envoy.config.cluster.v3.Cluster.CommonLbConfig.LocalityWeightedLbConfig");
        public static final MessageType TYPE = D.type();

        private LocalityWeightedLbConfig() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.RingHashLbConfig.HashFunction}. */
    public enum HashFunction implements WireEnum {
        XX_HASH(0),
        MURMUR_HASH_2(1);

        private final int number;

        HashFunction(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}
