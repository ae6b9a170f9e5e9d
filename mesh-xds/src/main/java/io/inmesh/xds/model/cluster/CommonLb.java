package io.inmesh.xds.model.cluster;

import java.util.Objects;

/**
 * What all load balancers have in common.
 *
 * @param healthyPanicThreshold percent of healthy hosts below which all count as healthy; 50 by default, 0 is off
 * @param hashByHostname consistent hashing places endpoints by their host names instead of their addresses
 */
public record CommonLb(double healthyPanicThreshold, LocalityMode localityMode, boolean hashByHostname) {

    /** Envoy's. */
    public static final CommonLb DEFAULT = new CommonLb(50, new LocalityMode.None());

    public CommonLb {
        Objects.requireNonNull(localityMode, "localityMode");
    }

    /** Endpoints are placed by their addresses. */
    public CommonLb(double healthyPanicThreshold, LocalityMode localityMode) {
        this(healthyPanicThreshold, localityMode, false);
    }

    /** How localities of one priority share the traffic. */
    public sealed interface LocalityMode {

        /** Not looked at. */
        record None() implements LocalityMode {}

        /** By their weights. */
        record Weighted() implements LocalityMode {}

        /**
         * The own zone first.
         *
         * @param routingEnabled percent of requests; 100 by default
         * @param minClusterSize fewer healthy hosts switch it off; 6 by default
         * @param failTrafficOnPanic in a panic nobody is called, instead of anybody
         */
        record ZoneAware(double routingEnabled, long minClusterSize, boolean failTrafficOnPanic)
                implements LocalityMode {

            /** What holds where a cluster says nothing and the caller's own cluster is known. */
            public static final ZoneAware DEFAULT = new ZoneAware(100, 6, false);
        }
    }
}
