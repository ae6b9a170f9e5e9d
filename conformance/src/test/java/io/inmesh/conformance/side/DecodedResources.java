package io.inmesh.conformance.side;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.ResourceKind;
import io.inmesh.xds.decode.Decoded;
import io.inmesh.xds.decode.Rejection;
import io.inmesh.xds.decode.ResourceDecoder;
import io.inmesh.xds.state.ResourceSet;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A configuration as our decoder understands it. */
final class DecodedResources {

    private DecodedResources() {}

    static XdsResources of(Configuration configuration) {
        return new XdsResources(
                decoded(configuration, ResourceKind.CLUSTER, ResourceDecoder.CLUSTERS),
                decoded(configuration, ResourceKind.ENDPOINTS, ResourceDecoder.LOAD_ASSIGNMENTS),
                decoded(configuration, ResourceKind.LISTENER, ResourceDecoder.LISTENERS),
                decoded(configuration, ResourceKind.ROUTES, ResourceDecoder.ROUTE_CONFIGURATIONS));
    }

    private static <T> ResourceSet<T> decoded(
            Configuration configuration, ResourceKind kind, ResourceDecoder<T> decoder) {
        Map<String, T> usable = new LinkedHashMap<>();
        Map<String, List<String>> unsupported = new LinkedHashMap<>();
        List<Rejection> rejections = new ArrayList<>();
        for (byte[] bytes : configuration.serialized(kind)) {
            Decoded<T> decoded = decoder.decode(Bytes.copyOf(bytes));
            if (decoded instanceof Decoded.Usable<T> resource) {
                usable.put(resource.name(), resource.resource());
                unsupported.put(resource.name(), resource.unsupported());
            } else if (decoded instanceof Decoded.Refused<T> refused) {
                rejections.add(refused.rejection());
            }
        }
        return new ResourceSet<>("1", true, usable, unsupported, rejections, Set.of());
    }
}
