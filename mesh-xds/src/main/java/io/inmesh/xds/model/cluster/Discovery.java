package io.inmesh.xds.model.cluster;

import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a cluster's endpoints are found. */
public sealed interface Discovery {

    /** The control service tells them. The name is what EDS is asked for. */
    record Eds(String serviceName) implements Discovery {
        public Eds {
            Objects.requireNonNull(serviceName, "serviceName");
        }
    }

    /** They are in the cluster itself. */
    record Static(ClusterLoadAssignment endpoints) implements Discovery {
        public Static {
            Objects.requireNonNull(endpoints, "endpoints");
        }
    }

    /** Names in the cluster are resolved; each address found is an endpoint. */
    record StrictDns(ClusterLoadAssignment endpoints, Dns dns) implements Discovery {
        public StrictDns {
            Objects.requireNonNull(endpoints, "endpoints");
            Objects.requireNonNull(dns, "dns");
        }
    }

    /** The one name in the cluster is resolved; new connections go to the first address. */
    record LogicalDns(ClusterLoadAssignment endpoints, Dns dns) implements Discovery {
        public LogicalDns {
            Objects.requireNonNull(endpoints, "endpoints");
            Objects.requireNonNull(dns, "dns");
        }
    }

    /** The address that the application wanted to connect to. */
    record OriginalDst() implements Discovery {}

    /** A way that Inmesh does not know; the cluster has no endpoints. */
    record Unsupported(String field) implements Discovery {
        public Unsupported {
            Objects.requireNonNull(field, "field");
        }
    }

    /**
     * How names are resolved.
     *
     * @param refreshRate 5 seconds by default
     * @param jitter random addition to each refresh
     * @param failureRate how soon a lookup that failed is repeated, and how late at most after several; null: as any other
     * @param respectTtl the answer's time to live takes the place of the rate
     */
    record Dns(
            Duration refreshRate,
            Duration jitter,
            @Nullable FailureRate failureRate,
            boolean respectTtl,
            LookupFamily lookupFamily) {

        /** Envoy's. */
        public static final Dns DEFAULT = new Dns(Duration.ofSeconds(5), Duration.ZERO, null, false, LookupFamily.AUTO);

        public Dns {
            Objects.requireNonNull(refreshRate, "refreshRate");
            Objects.requireNonNull(jitter, "jitter");
            Objects.requireNonNull(lookupFamily, "lookupFamily");
        }
    }

    /**
     * Envoy's RefreshRate.
     *
     * @param most by default ten times the base
     */
    record FailureRate(Duration base, Duration most) {
        public FailureRate {
            Objects.requireNonNull(base, "base");
            Objects.requireNonNull(most, "most");
        }
    }

    /** Envoy's DnsLookupFamily; AUTO is IPv6, and IPv4 if there is none. */
    enum LookupFamily {
        AUTO,
        V4_ONLY,
        V6_ONLY,
        V4_PREFERRED,
        ALL
    }
}
