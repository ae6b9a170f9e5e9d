package io.inmesh.control.config;

import java.util.List;
import java.util.Map;

/**
 * Istio's LocalityLoadBalancerSetting: of the first three, Istio takes what is written first in this order.
 *
 * @param enabled false: places are not looked at for this destination
 * @param distribute weights of places for callers of a place
 * @param failover where a region's callers turn to
 * @param failoverPriority labels, in order; the more of them an endpoint shares with the caller, the sooner it is called; one may be
 *     {@code key=value} in the place of the caller's own value
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting">LocalityLoadBalancerSetting</a>
 */
public record LocalityBalancing(
        boolean enabled, List<Distribute> distribute, List<Failover> failover, List<String> failoverPriority) {

    /** The mesh's own: fail over by place wherever hosts are ejected. */
    public static final LocalityBalancing DEFAULT = new LocalityBalancing(true, List.of(), List.of(), List.of());

    /**
     * Shares of callers' traffic.
     *
     * @param from {@code region/zone/sub-zone} of the caller; the end may be missing or {@code *}
     * @param to percent by place, which sum up to 100
     */
    public record Distribute(String from, Map<String, Integer> to) {
        static Distribute read(Fields distribute) {
            Map<String, Integer> to = distribute.percentMap("to");
            int sum = to.values().stream().mapToInt(Integer::intValue).sum();
            if (sum != 100) {
                throw distribute.invalid("to", "the weights sum up to " + sum + ", not to 100");
            }
            return new Distribute(distribute.required("from"), to);
        }
    }

    /** A region's callers turn to another region first. */
    public record Failover(String from, String to) {
        static Failover read(Fields failover) {
            return new Failover(failover.required("from"), failover.required("to"));
        }
    }

    static LocalityBalancing read(Fields locality) {
        LocalityBalancing read = new LocalityBalancing(
                locality.flag("enabled").orElse(true),
                locality.list("distribute", Distribute::read),
                locality.list("failover", Failover::read),
                locality.texts("failoverPriority"));
        if (!read.distribute.isEmpty() && !(read.failover.isEmpty() && read.failoverPriority.isEmpty())) {
            throw locality.invalid("distribute", "excludes failover and failoverPriority");
        }
        return read;
    }
}
