package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.List;
import java.util.Map;

/** {@code envoy/service/discovery/v3/discovery.proto}: what is said on an ADS stream. */
public final class Discovery {

    private Discovery() {}

    /** {@code envoy.service.discovery.v3.DiscoveryRequest}. */
    public static final class DiscoveryRequest {
        private static final Declaration D = Declaration.of("envoy.service.discovery.v3.DiscoveryRequest");
        public static final Field<String> VERSION_INFO = D.field(1, "version_info", STRING);
        public static final Field<Message> NODE = D.field(2, "node", message(() -> CoreBase.Node.TYPE));
        public static final Field<List<String>> RESOURCE_NAMES = D.repeated(3, "resource_names", STRING);
        public static final Field<String> TYPE_URL = D.field(4, "type_url", STRING);
        public static final Field<String> RESPONSE_NONCE = D.field(5, "response_nonce", STRING);
        public static final Field<Message> ERROR_DETAIL = D.field(6, "error_detail", message(() -> Rpc.Status.TYPE));
        public static final MessageType TYPE = D.others("resource_locators=7").type();

        private DiscoveryRequest() {}
    }

    /** {@code envoy.service.discovery.v3.DiscoveryResponse}. */
    public static final class DiscoveryResponse {
        private static final Declaration D = Declaration.of("envoy.service.discovery.v3.DiscoveryResponse");
        public static final Field<String> VERSION_INFO = D.field(1, "version_info", STRING);
        public static final Field<List<Message>> RESOURCES = D.repeated(2, "resources", ANY);
        public static final Field<String> TYPE_URL = D.field(4, "type_url", STRING);
        public static final Field<String> NONCE = D.field(5, "nonce", STRING);
        public static final Field<Message> CONTROL_PLANE =
                D.field(6, "control_plane", message(() -> CoreBase.ControlPlane.TYPE));
        public static final MessageType TYPE =
                D.others("canary=3 resource_errors=7").type();

        private DiscoveryResponse() {}
    }

    /** {@code envoy.service.discovery.v3.DeltaDiscoveryRequest}. */
    public static final class DeltaDiscoveryRequest {
        private static final Declaration D = Declaration.of("envoy.service.discovery.v3.DeltaDiscoveryRequest");
        public static final Field<Message> NODE = D.field(1, "node", message(() -> CoreBase.Node.TYPE));
        public static final Field<String> TYPE_URL = D.field(2, "type_url", STRING);
        public static final Field<List<String>> RESOURCE_NAMES_SUBSCRIBE =
                D.repeated(3, "resource_names_subscribe", STRING);
        public static final Field<List<String>> RESOURCE_NAMES_UNSUBSCRIBE =
                D.repeated(4, "resource_names_unsubscribe", STRING);
        public static final Field<Map<String, String>> INITIAL_RESOURCE_VERSIONS =
                D.map(5, "initial_resource_versions", STRING, STRING);
        public static final Field<String> RESPONSE_NONCE = D.field(6, "response_nonce", STRING);
        public static final Field<Message> ERROR_DETAIL = D.field(7, "error_detail", message(() -> Rpc.Status.TYPE));
        public static final MessageType TYPE = D.others("resource_locators_subscribe=8 resource_locators_unsubscribe=9")
                .type();

        private DeltaDiscoveryRequest() {}
    }

    /** {@code envoy.service.discovery.v3.DeltaDiscoveryResponse}. */
    public static final class DeltaDiscoveryResponse {
        private static final Declaration D = Declaration.of("envoy.service.discovery.v3.DeltaDiscoveryResponse");
        public static final Field<String> SYSTEM_VERSION_INFO = D.field(1, "system_version_info", STRING);
        public static final Field<List<Message>> RESOURCES = D.repeated(2, "resources", message(() -> Resource.TYPE));
        public static final Field<String> TYPE_URL = D.field(4, "type_url", STRING);
        public static final Field<String> NONCE = D.field(5, "nonce", STRING);
        public static final Field<List<String>> REMOVED_RESOURCES = D.repeated(6, "removed_resources", STRING);
        public static final Field<Message> CONTROL_PLANE =
                D.field(7, "control_plane", message(() -> CoreBase.ControlPlane.TYPE));
        public static final MessageType TYPE =
                D.others("removed_resource_names=8 resource_errors=9").type();

        private DeltaDiscoveryResponse() {}
    }

    /** {@code envoy.service.discovery.v3.Resource}. */
    public static final class Resource {
        private static final Declaration D = Declaration.of("envoy.service.discovery.v3.Resource");
        public static final Field<String> VERSION = D.field(1, "version", STRING);
        public static final Field<Message> RESOURCE = D.field(2, "resource", ANY);
        public static final Field<String> NAME = D.field(3, "name", STRING);
        public static final MessageType TYPE = D.others("aliases=4 ttl=6 cache_control=7 resource_name=8 metadata=9")
                .type();

        private Resource() {}
    }
}
