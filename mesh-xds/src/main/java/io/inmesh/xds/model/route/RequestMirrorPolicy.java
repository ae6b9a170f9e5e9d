package io.inmesh.xds.model.route;

import io.inmesh.xds.model.FractionalPercent;
import java.util.Objects;

/**
 * Copies a share of the requests to another cluster, fire and forget.
 *
 * @param disableShadowHostSuffixAppend the copy's authority stays instead of getting {@code -shadow}
 */
public record RequestMirrorPolicy(
        String cluster, FractionalPercent runtimeFraction, boolean disableShadowHostSuffixAppend) {

    public RequestMirrorPolicy {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(runtimeFraction, "runtimeFraction");
    }
}
