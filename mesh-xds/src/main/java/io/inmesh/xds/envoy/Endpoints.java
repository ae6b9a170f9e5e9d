package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.UINT32_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.util.List;

/** {@code envoy/config/endpoint/v3}: endpoints of clusters. */
public final class Endpoints {

    private Endpoints() {}

    /** {@code envoy.config.endpoint.v3.ClusterLoadAssignment}. */
    public static final class ClusterLoadAssignment {
        private static final Declaration D = Declaration.of("envoy.config.endpoint.v3.ClusterLoadAssignment");
        public static final Field<String> CLUSTER_NAME = D.field(1, "cluster_name", STRING);
        public static final Field<List<Message>> ENDPOINTS =
                D.repeated(2, "endpoints", message(() -> LocalityLbEndpoints.TYPE));
        public static final Field<Message> POLICY = D.field(4, "policy", message(() -> Policy.TYPE));
        public static final MessageType TYPE = D.others("named_endpoints=5").type();

        private ClusterLoadAssignment() {}
    }

    /** {@code envoy.config.endpoint.v3.ClusterLoadAssignment.Policy}. */
    public static final class Policy {
        private static final Declaration D = Declaration.of("envoy.config.endpoint.v3.ClusterLoadAssignment.Policy");
        public static final Field<Long> OVERPROVISIONING_FACTOR = D.field(3, "overprovisioning_factor", UINT32_VALUE);
        public static final Field<Boolean> WEIGHTED_PRIORITY_HEALTH = D.field(6, "weighted_priority_health", BOOL);
        public static final MessageType TYPE =
                D.others("drop_overloads=2 endpoint_stale_after=4").type();

        private Policy() {}
    }

    /** {@code envoy.config.endpoint.v3.LocalityLbEndpoints}. */
    public static final class LocalityLbEndpoints {
        private static final Declaration D = Declaration.of("envoy.config.endpoint.v3.LocalityLbEndpoints");
        public static final Field<Message> LOCALITY = D.field(1, "locality", message(() -> CoreBase.Locality.TYPE));
        public static final Field<List<Message>> LB_ENDPOINTS =
                D.repeated(2, "lb_endpoints", message(() -> LbEndpoint.TYPE));
        public static final Field<Long> LOAD_BALANCING_WEIGHT = D.field(3, "load_balancing_weight", UINT32_VALUE);
        public static final Field<Long> PRIORITY = D.field(5, "priority", UINT32);
        public static final MessageType TYPE = D.others(
                        "proximity=6 load_balancer_endpoints=7 leds_cluster_locality_config=8 metadata=9")
                .type();

        private LocalityLbEndpoints() {}
    }

    /** {@code envoy.config.endpoint.v3.LbEndpoint}. */
    public static final class LbEndpoint {
        private static final Declaration D = Declaration.of("envoy.config.endpoint.v3.LbEndpoint");
        public static final Field<Message> ENDPOINT =
                D.oneof("host_identifier", 1, "endpoint", message(() -> Endpoint.TYPE));
        public static final Field<HealthStatus> HEALTH_STATUS =
                D.field(2, "health_status", enumeration(HealthStatus.class));
        public static final Field<Message> METADATA = D.field(3, "metadata", message(() -> CoreBase.Metadata.TYPE));
        public static final Field<Long> LOAD_BALANCING_WEIGHT = D.field(4, "load_balancing_weight", UINT32_VALUE);
        public static final MessageType TYPE = D.others("endpoint_name=5").type();

        private LbEndpoint() {}
    }

    /** {@code envoy.config.endpoint.v3.Endpoint}. */
    public static final class Endpoint {
        private static final Declaration D = Declaration.of("envoy.config.endpoint.v3.Endpoint");
        public static final Field<Message> ADDRESS = D.field(1, "address", message(() -> CoreAddress.Address.TYPE));
        public static final Field<String> HOSTNAME = D.field(3, "hostname", STRING);
        public static final Field<List<Message>> ADDITIONAL_ADDRESSES =
                D.repeated(4, "additional_addresses", message(() -> AdditionalAddress.TYPE));
        public static final MessageType TYPE = D.others("health_check_config=2").type();

        private Endpoint() {}
    }

    /** {@code envoy.config.endpoint.v3.Endpoint.AdditionalAddress}. */
    public static final class AdditionalAddress {
        private static final Declaration D = Declaration.of("envoy.config.endpoint.v3.Endpoint.AdditionalAddress");
        public static final Field<Message> ADDRESS = D.field(1, "address", message(() -> CoreAddress.Address.TYPE));
        public static final MessageType TYPE = D.type();

        private AdditionalAddress() {}
    }

    /** {@code envoy.config.core.v3.HealthStatus}. */
    public enum HealthStatus implements WireEnum {
        UNKNOWN(0),
        HEALTHY(1),
        UNHEALTHY(2),
        DRAINING(3),
        TIMEOUT(4),
        DEGRADED(5);

        private final int number;

        HealthStatus(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}
