package io.inmesh.xds.model;

import java.util.Map;
import java.util.Optional;

/**
 * What the control service says about a resource to whom it may concern, by filter name. Istio names the VirtualService or
 * DestinationRule behind a route or cluster in {@code istio}, {@code config}.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/base.proto#config-core-v3-metadata">Envoy, Metadata</a>
 */
public record Metadata(Map<String, MetadataValue.Struct> filterMetadata) {

    /** Nothing said. */
    public static final Metadata EMPTY = new Metadata(Map.of());

    public Metadata {
        filterMetadata = Map.copyOf(filterMetadata);
    }

    /** The fields under a filter's name; empty if it has none. */
    public MetadataValue.Struct of(String filter) {
        return filterMetadata.getOrDefault(filter, MetadataValue.Struct.EMPTY);
    }

    /** A field's text, if there is such a field and it is a string. */
    public Optional<String> text(String filter, String field) {
        return of(filter).fields().get(field) instanceof MetadataValue.Text text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    /** The path of the Istio resource that led to this one, such as {@code /apis/networking.istio.io/v1/namespaces/a/virtual-service/x}. */
    public Optional<String> istioConfig() {
        return text("istio", "config");
    }

    /** Where that resource was read: file and line, or its version in Kubernetes. Our own control service says so, istiod does not. */
    public Optional<String> origin() {
        return text("inmesh", "origin");
    }
}
