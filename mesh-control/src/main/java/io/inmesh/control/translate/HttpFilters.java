package io.inmesh.control.translate;

import io.inmesh.xds.envoy.Cors.CorsFilter;
import io.inmesh.xds.envoy.Faults.HTTPFault;
import io.inmesh.xds.envoy.HttpManagers.HttpFilter;
import io.inmesh.xds.envoy.HttpManagers.Router;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.FieldType;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.Struct;
import io.inmesh.xds.wire.WellKnown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The filters of an HTTP connection, in Istio's order. Istio's own are for those only that say that they have them. */
final class HttpFilters {

    static final String FAULT = "envoy.filters.http.fault";

    static final String CORS = "envoy.filters.http.cors";

    private static final Message CROSS_ORIGIN = filter(CORS, Message.of(CorsFilter.TYPE));
    private static final Message FAULTS = filter(FAULT, Message.of(HTTPFault.TYPE));
    private static final Message ROUTER = filter("envoy.filters.http.router", Message.of(Router.TYPE));
    private static final Message ALPN = filter("istio.alpn", Message.of(Declared.ALPN_TYPE));
    private static final String PEER_METADATA = "type.googleapis.com/io.istio.http.peer_metadata.Config";

    private HttpFilters() {}

    static List<Message> outbound(boolean istioFilters) {
        List<Message> filters = new ArrayList<>();
        if (istioFilters) {
            filters.add(peerMetadata("upstream_discovery", "upstream_propagation"));
            filters.add(ALPN);
        }
        filters.add(FAULTS);
        filters.add(CROSS_ORIGIN);
        filters.add(ROUTER);
        return filters;
    }

    static List<Message> inbound(boolean istioFilters, List<Message> authorization) {
        List<Message> filters = new ArrayList<>();
        if (istioFilters) {
            filters.add(peerMetadata("downstream_discovery", "downstream_propagation"));
        }
        filters.addAll(authorization);
        filters.add(FAULTS);
        filters.add(ROUTER);
        return filters;
    }

    static Message filter(String name, Message config) {
        return Message.of(HttpFilter.TYPE).with(HttpFilter.NAME, name).with(HttpFilter.TYPED_CONFIG, Any.pack(config));
    }

    private static Message peerMetadata(String discovery, String propagation) {
        Map<String, ?> headers = Map.of("istio_headers", Map.of());
        Map<String, ?> workloads = Map.of("workload_discovery", Map.of());
        Message config = Message.of(Declared.TYPED_STRUCT)
                .with(Declared.TYPE_URL, PEER_METADATA)
                .with(
                        Declared.VALUE,
                        Struct.of(Map.of(discovery, List.of(headers, workloads), propagation, List.of(headers))));
        return filter("istio.metadata_exchange", config);
    }

    /** Messages that only Istio's own filters have. */
    private static final class Declared {
        static final MessageType ALPN_TYPE = Declaration.of("istio.envoy.config.filter.http.alpn.v2alpha1.FilterConfig")
                .type();
        private static final Declaration D = Declaration.of("udpa.type.v1.TypedStruct");
        static final Field<String> TYPE_URL = D.field(1, "type_url", FieldType.STRING);
        static final Field<Message> VALUE = D.field(2, "value", WellKnown.STRUCT);
        static final MessageType TYPED_STRUCT = D.type();

        private Declared() {}
    }
}
