package io.inmesh.xds.model.rbac;

import java.util.List;
import java.util.Objects;

/**
 * A condition on dynamic metadata.
 *
 * @param filter whose metadata, such as {@code envoy.filters.http.jwt_authn}
 * @param path names from the outside in, such as {@code payload, iss}
 * @param invert the result is turned around
 */
public record MetadataMatch(String filter, List<String> path, ValueMatch value, boolean invert) {

    public MetadataMatch {
        Objects.requireNonNull(filter, "filter");
        path = List.copyOf(path);
        Objects.requireNonNull(value, "value");
    }
}
