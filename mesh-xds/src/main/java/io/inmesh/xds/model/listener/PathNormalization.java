package io.inmesh.xds.model.listener;

import java.util.Objects;

/**
 * How paths are made comparable before they are matched.
 *
 * @param normalizePath RFC 3986: dot segments and percent-encoded unreserved characters
 * @param mergeSlashes adjacent slashes become one
 */
public record PathNormalization(boolean normalizePath, boolean mergeSlashes, EscapedSlashes escapedSlashes) {

    public PathNormalization {
        Objects.requireNonNull(escapedSlashes, "escapedSlashes");
    }

    /** Envoy's PathWithEscapedSlashesAction: what becomes of {@code %2F} and {@code %5C}. */
    public enum EscapedSlashes {
        IMPLEMENTATION_SPECIFIC_DEFAULT,
        KEEP_UNCHANGED,
        REJECT_REQUEST,
        UNESCAPE_AND_REDIRECT,
        UNESCAPE_AND_FORWARD
    }
}
