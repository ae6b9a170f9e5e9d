package io.inmesh.client.admin;

import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.envoy.AdminStatus.ClusterStatus;
import io.inmesh.xds.envoy.AdminStatus.HostHealthStatus;
import io.inmesh.xds.envoy.AdminStatus.HostStatus;
import io.inmesh.xds.envoy.AdminStatus.Metric;
import io.inmesh.xds.envoy.AdminStatus.SimpleMetric;
import io.inmesh.xds.envoy.CoreAddress.Address;
import io.inmesh.xds.envoy.CoreAddress.SocketAddress;
import io.inmesh.xds.envoy.CoreBase.Locality;
import io.inmesh.xds.envoy.Endpoints.HealthStatus;
import io.inmesh.xds.envoy.Resilience.CircuitBreakers;
import io.inmesh.xds.envoy.Resilience.Thresholds;
import io.inmesh.xds.envoy.RouteActions.RoutingPriority;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.wire.Message;
import java.util.List;
import java.util.stream.Stream;

/** A cluster's status as Envoy's message. */
final class ClusterStatusMessage {

    private ClusterStatusMessage() {}

    static Message of(UpstreamCluster cluster) {
        Message status = Message.of(ClusterStatus.TYPE)
                .with(ClusterStatus.NAME, cluster.name())
                .with(ClusterStatus.ADDED_VIA_API, true)
                .with(ClusterStatus.OBSERVABILITY_NAME, cluster.name())
                .with(ClusterStatus.CIRCUIT_BREAKERS, breakers(cluster))
                .with(
                        ClusterStatus.HOST_STATUSES,
                        cluster.balancer().endpoints().endpoints().stream()
                                .map(ClusterStatusMessage::host)
                                .toList());
        return cluster.definition().discovery() instanceof Discovery.Eds eds
                ? status.with(ClusterStatus.EDS_SERVICE_NAME, eds.serviceName())
                : status;
    }

    private static Message breakers(UpstreamCluster cluster) {
        var breakers = cluster.definition().circuitBreakers();
        return Message.of(CircuitBreakers.TYPE)
                .with(
                        CircuitBreakers.THRESHOLDS,
                        List.of(
                                thresholds(RoutingPriority.DEFAULT, breakers.defaultPriority()),
                                thresholds(RoutingPriority.HIGH, breakers.highPriority())));
    }

    private static Message thresholds(
            RoutingPriority priority, io.inmesh.xds.model.cluster.CircuitBreakers.Thresholds limits) {
        return Message.of(Thresholds.TYPE)
                .with(Thresholds.PRIORITY, priority)
                .with(Thresholds.MAX_CONNECTIONS, limits.maxConnections())
                .with(Thresholds.MAX_PENDING_REQUESTS, limits.maxPendingRequests())
                .with(Thresholds.MAX_REQUESTS, limits.maxRequests())
                .with(Thresholds.MAX_RETRIES, limits.maxRetries());
    }

    private static Message host(Endpoint endpoint) {
        return Message.of(HostStatus.TYPE)
                .with(HostStatus.ADDRESS, address(endpoint))
                .with(
                        HostStatus.STATS,
                        Stream.concat(
                                        HostStats.counters(endpoint.host()).entrySet().stream()
                                                .map(stat -> metric(Metric.COUNTER, stat.getKey(), stat.getValue())),
                                        HostStats.gauges(endpoint.host()).entrySet().stream()
                                                .map(stat -> metric(Metric.GAUGE, stat.getKey(), stat.getValue())))
                                .toList())
                .with(HostStatus.HEALTH_STATUS, health(endpoint))
                .with(HostStatus.WEIGHT, endpoint.description().weight())
                .with(HostStatus.HOSTNAME, endpoint.description().hostname())
                .with(HostStatus.PRIORITY, (long) endpoint.priority())
                .with(
                        HostStatus.LOCALITY,
                        Message.of(Locality.TYPE)
                                .with(Locality.REGION, endpoint.locality().region())
                                .with(Locality.ZONE, endpoint.locality().zone())
                                .with(Locality.SUB_ZONE, endpoint.locality().subZone()));
    }

    private static Message address(Endpoint endpoint) {
        var address = endpoint.description().address();
        return Message.of(Address.TYPE)
                .with(
                        Address.SOCKET_ADDRESS,
                        Message.of(SocketAddress.TYPE)
                                .with(SocketAddress.ADDRESS, address.host())
                                .with(SocketAddress.PORT_VALUE, (long) address.port()));
    }

    private static Message metric(Metric kind, String name, long value) {
        return Message.of(SimpleMetric.TYPE)
                .with(SimpleMetric.METRIC, kind)
                .with(SimpleMetric.VALUE, value)
                .with(SimpleMetric.NAME, name);
    }

    private static Message health(Endpoint endpoint) {
        LbEndpoint.HealthStatus said = endpoint.description().health();
        // Envoy shows what it makes of a missing status, not that it is missing.
        HealthStatus shown =
                said == LbEndpoint.HealthStatus.UNKNOWN ? HealthStatus.HEALTHY : HealthStatus.valueOf(said.name());
        return Message.of(HostHealthStatus.TYPE)
                .with(HostHealthStatus.FAILED_OUTLIER_CHECK, endpoint.host().ejected())
                .with(HostHealthStatus.EDS_HEALTH_STATUS, shown);
    }
}
