package io.inmesh.control.translate;

import io.inmesh.control.config.LoadBalancer;
import io.inmesh.control.config.LocalityBalancing;
import io.inmesh.control.config.ZoneAwareBalancing;
import io.inmesh.xds.envoy.ClusterLb.CommonLbConfig;
import io.inmesh.xds.envoy.ClusterLb.LocalityWeightedLbConfig;
import io.inmesh.xds.envoy.ClusterLb.ZoneAwareLbConfig;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Percents.Percent;
import io.inmesh.xds.wire.Message;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How a cluster shares traffic among its localities. */
final class LocalityModes {

    private LocalityModes() {}

    /** By their weights, by zones, or not at all; istiod weighs where a rule says where traffic goes, or where it fails over to. */
    static Message on(Message cluster, Optional<LoadBalancer> balancer, LocalityBalancing mesh, boolean ejects) {
        Optional<ZoneAwareBalancing> zones = balancer.flatMap(LoadBalancer::zones);
        if (zones.isPresent()) {
            return withCommon(
                    cluster, common -> common.with(CommonLbConfig.ZONE_AWARE_LB_CONFIG, zoneAware(zones.get())));
        }
        LocalityBalancing locality = balancer.flatMap(LoadBalancer::locality).orElse(mesh);
        boolean weighted = locality.enabled() && weighs(locality, ejects);
        return weighted
                ? withCommon(
                        cluster,
                        common -> common.with(
                                CommonLbConfig.LOCALITY_WEIGHTED_LB_CONFIG, Message.of(LocalityWeightedLbConfig.TYPE)))
                : cluster;
    }

    private static boolean weighs(LocalityBalancing locality, boolean ejects) {
        boolean failsOver =
                !locality.failover().isEmpty() || !locality.failoverPriority().isEmpty();
        return !locality.distribute().isEmpty() || (ejects && failsOver);
    }

    private static Message zoneAware(ZoneAwareBalancing zones) {
        return Message.of(ZoneAwareLbConfig.TYPE)
                .with(
                        ZoneAwareLbConfig.ROUTING_ENABLED,
                        zones.enabled() ? null : Message.of(Percent.TYPE).with(Percent.VALUE, 0.0))
                .with(ZoneAwareLbConfig.MIN_CLUSTER_SIZE, zones.minClusterSize().orElse(null));
    }

    private static Message withCommon(Message cluster, UnaryOperator<Message> change) {
        Message common = cluster.has(Cluster.COMMON_LB_CONFIG)
                ? cluster.get(Cluster.COMMON_LB_CONFIG)
                : Message.of(CommonLbConfig.TYPE);
        return cluster.with(Cluster.COMMON_LB_CONFIG, change.apply(common));
    }
}
