package io.inmesh.control.translate;

import io.inmesh.control.config.Meta;
import io.inmesh.control.yaml.Origin;
import io.inmesh.xds.envoy.CoreBase.Metadata;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metadata that says where a resource comes from: under {@code istio} as istiod has it; under {@code inmesh} the file and line, and
 * which fields an operator wrote, because a default on the wire looks like a wish.
 */
final class Provenance {

    private Provenance() {}

    static Message route(Meta policy, Origin route, List<String> explicit) {
        return metadata(Map.of("config", policy.apiPath()), inmesh(route, explicit));
    }

    static Message metadata(Map<String, ?> istio, Map<String, ?> inmesh) {
        Map<String, Message> filters = new LinkedHashMap<>();
        if (!istio.isEmpty()) {
            filters.put("istio", Struct.of(istio));
        }
        if (!inmesh.isEmpty()) {
            filters.put("inmesh", Struct.of(inmesh));
        }
        return Message.of(Metadata.TYPE).with(Metadata.FILTER_METADATA, filters);
    }

    static Map<String, Object> inmesh(Origin origin, List<String> explicit) {
        Map<String, Object> inmesh = new LinkedHashMap<>();
        inmesh.put("origin", origin.toString());
        if (!explicit.isEmpty()) {
            inmesh.put("explicit", explicit);
        }
        return inmesh;
    }
}
