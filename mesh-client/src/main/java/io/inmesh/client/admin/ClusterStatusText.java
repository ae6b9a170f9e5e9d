package io.inmesh.client.admin;

import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.Discovery;

/** A cluster's status as Envoy's lines: {@code cluster::what::value} and {@code cluster::host::what::value}. */
final class ClusterStatusText {

    /** Success rates are not measured, which Envoy writes so. */
    private static final String NOT_MEASURED = "-1";

    private final StringBuilder out;
    private final String cluster;

    private ClusterStatusText(StringBuilder out, String cluster) {
        this.out = out;
        this.cluster = cluster;
    }

    static void append(StringBuilder out, UpstreamCluster cluster) {
        new ClusterStatusText(out, cluster.name()).append(cluster);
    }

    private void append(UpstreamCluster status) {
        line("observability_name", cluster);
        if (status.outlierDetector() != null) {
            line("outlier::success_rate_average", NOT_MEASURED);
            line("outlier::success_rate_ejection_threshold", NOT_MEASURED);
            line("outlier::local_origin_success_rate_average", NOT_MEASURED);
            line("outlier::local_origin_success_rate_ejection_threshold", NOT_MEASURED);
        }
        limits("default_priority", status.definition().circuitBreakers().defaultPriority());
        limits("high_priority", status.definition().circuitBreakers().highPriority());
        line("added_via_api", "true");
        if (status.definition().discovery() instanceof Discovery.Eds eds) {
            line("eds_service_name", eds.serviceName());
        }
        status.balancer().endpoints().endpoints().forEach(this::host);
    }

    private void limits(String priority, CircuitBreakers.Thresholds limits) {
        line(priority + "::max_connections", Long.toString(limits.maxConnections()));
        line(priority + "::max_pending_requests", Long.toString(limits.maxPendingRequests()));
        line(priority + "::max_requests", Long.toString(limits.maxRequests()));
        line(priority + "::max_retries", Long.toString(limits.maxRetries()));
    }

    private void host(Endpoint endpoint) {
        String host = endpoint.host().address() + "::";
        HostStats.all(endpoint.host()).forEach((name, value) -> line(host + name, Long.toString(value)));
        line(host + "hostname", endpoint.description().hostname());
        line(host + "health_flags", healthFlags(endpoint));
        line(host + "weight", Long.toString(endpoint.description().weight()));
        line(host + "region", endpoint.locality().region());
        line(host + "zone", endpoint.locality().zone());
        line(host + "sub_zone", endpoint.locality().subZone());
        line(host + "canary", "false");
        line(host + "priority", Integer.toString(endpoint.priority()));
        line(host + "success_rate", NOT_MEASURED);
        line(host + "local_origin_success_rate", NOT_MEASURED);
    }

    private static String healthFlags(Endpoint endpoint) {
        String flags = endpoint.host().ejected() ? "/failed_outlier_check" : "";
        flags += switch (endpoint.description().health()) {
            case UNKNOWN, HEALTHY -> "";
            case DEGRADED -> "/degraded_eds_health";
            case UNHEALTHY, TIMEOUT -> "/failed_eds_health";
            case DRAINING -> "/eds_status_draining";
        };
        return flags.isEmpty() ? "healthy" : flags;
    }

    private void line(String what, String value) {
        out.append(cluster).append("::").append(what).append("::").append(value).append('\n');
    }
}
