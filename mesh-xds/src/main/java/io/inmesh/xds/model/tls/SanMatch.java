package io.inmesh.xds.model.tls;

import io.inmesh.xds.model.StringMatch;
import java.util.Objects;

/** A condition on one subject alternative name. */
public record SanMatch(Type type, StringMatch match) {

    public SanMatch {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(match, "match");
    }

    /** Envoy's SanType. */
    public enum Type {
        /** Any of the others; that of the untyped list. */
        ANY,
        EMAIL,
        DNS,
        URI,
        IP_ADDRESS,
        OTHER_NAME
    }
}
