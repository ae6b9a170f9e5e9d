package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.CoreBase;
import io.inmesh.xds.envoy.Endpoints;
import io.inmesh.xds.envoy.Endpoints.Endpoint;
import io.inmesh.xds.envoy.Endpoints.Policy;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.LbEndpoint.HealthStatus;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ClusterLoadAssignment}. */
final class EndpointDecoder {

    private EndpointDecoder() {}

    static ClusterLoadAssignment decode(Fields fields) {
        ClusterLoadAssignment plain = new ClusterLoadAssignment(
                fields.get(Endpoints.ClusterLoadAssignment.CLUSTER_NAME),
                fields.each(Endpoints.ClusterLoadAssignment.ENDPOINTS, EndpointDecoder::locality),
                ClusterLoadAssignment.DEFAULT_OVERPROVISIONING_FACTOR,
                false);
        return fields.nestedOr(
                Endpoints.ClusterLoadAssignment.POLICY,
                plain,
                policy -> new ClusterLoadAssignment(
                        plain.clusterName(),
                        plain.endpoints(),
                        policy.or(Policy.OVERPROVISIONING_FACTOR, plain.overprovisioningFactor()),
                        policy.get(Policy.WEIGHTED_PRIORITY_HEALTH)));
    }

    private static LocalityLbEndpoints locality(Fields fields) {
        return new LocalityLbEndpoints(
                fields.nested(Endpoints.LocalityLbEndpoints.LOCALITY, EndpointDecoder::place),
                (int) Math.min(fields.get(Endpoints.LocalityLbEndpoints.PRIORITY), Integer.MAX_VALUE),
                fields.or(Endpoints.LocalityLbEndpoints.LOAD_BALANCING_WEIGHT, 0L),
                fields.eachIf(Endpoints.LocalityLbEndpoints.LB_ENDPOINTS, EndpointDecoder::endpoint));
    }

    private static Locality place(Fields fields) {
        return new Locality(
                fields.get(CoreBase.Locality.REGION),
                fields.get(CoreBase.Locality.ZONE),
                fields.get(CoreBase.Locality.SUB_ZONE));
    }

    /** Empty if the address is none that we can connect to. */
    private static Optional<LbEndpoint> endpoint(Fields fields) {
        HealthStatus health =
                switch (fields.get(Endpoints.LbEndpoint.HEALTH_STATUS)) {
                    case UNKNOWN -> HealthStatus.UNKNOWN;
                    case HEALTHY -> HealthStatus.HEALTHY;
                    case UNHEALTHY -> HealthStatus.UNHEALTHY;
                    case DRAINING -> HealthStatus.DRAINING;
                    case TIMEOUT -> HealthStatus.TIMEOUT;
                    case DEGRADED -> HealthStatus.DEGRADED;
                };
        long weight = fields.or(Endpoints.LbEndpoint.LOAD_BALANCING_WEIGHT, 1L);
        Metadata metadata = fields.nestedOr(Endpoints.LbEndpoint.METADATA, Metadata.EMPTY, CommonDecoder::metadata);
        return fields.nested(Endpoints.LbEndpoint.ENDPOINT, endpoint -> {
            SocketAddress address = address(endpoint);
            List<SocketAddress> more = endpoint.eachIf(
                    Endpoint.ADDITIONAL_ADDRESSES,
                    one -> Optional.ofNullable(
                            one.nestedOrNull(Endpoints.AdditionalAddress.ADDRESS, CommonDecoder::address)));
            String hostname = endpoint.get(Endpoint.HOSTNAME);
            return address == null
                    ? Optional.empty()
                    : Optional.of(new LbEndpoint(address, more, hostname, health, weight, metadata));
        });
    }

    private static @Nullable SocketAddress address(Fields endpoint) {
        return endpoint.nestedOrNull(Endpoint.ADDRESS, CommonDecoder::address);
    }
}
