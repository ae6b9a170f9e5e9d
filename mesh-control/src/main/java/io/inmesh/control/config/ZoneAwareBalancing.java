package io.inmesh.control.config;

import java.util.List;
import java.util.Optional;

/**
 * Istio's ZoneAwareLoadBalancerSetting; it comes before {@link LocalityBalancing}.
 *
 * @param enabled false: callers do not prefer their own zone, even those that would by default
 * @param minClusterSize fewer healthy endpoints switch it off
 * @param failover where a region's callers turn to, when their own region is down
 * @param failoverPriority labels, as in {@link LocalityBalancing}; they come before regions
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/destination-rule/#ZoneAwareLoadBalancerSetting">ZoneAwareLoadBalancerSetting</a>
 */
public record ZoneAwareBalancing(
        boolean enabled,
        Optional<Long> minClusterSize,
        List<LocalityBalancing.Failover> failover,
        List<String> failoverPriority) {

    static ZoneAwareBalancing read(Fields zones) {
        return new ZoneAwareBalancing(
                zones.flag("enabled").orElse(true),
                zones.unsigned("minClusterSize"),
                zones.list("failover", LocalityBalancing.Failover::read),
                zones.texts("failoverPriority"));
    }
}
