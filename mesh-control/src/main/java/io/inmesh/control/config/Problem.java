package io.inmesh.control.config;

import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.Origin;

/**
 * One message about what an operator wrote: where, about which resource, and why.
 *
 * @param resource kind, namespace and name, or the file where no resource could be read
 * @param field the path of the field, such as {@code spec.http[0].timeout}; empty if the whole resource is meant
 */
public record Problem(Severity severity, Origin origin, String resource, String field, String reason) {

    /** What the problem does to the resource. */
    public enum Severity {
        /** The resource is not used; its last good version is, if there was one. */
        ERROR,
        /** A field that has no effect; the rest of the resource is used. */
        UNSUPPORTED
    }

    static Problem of(String resource, InvalidResourceException refused) {
        return new Problem(Severity.ERROR, refused.origin(), resource, refused.field(), refused.reason());
    }

    @Override
    public String toString() {
        return origin + ": " + resource + ": " + (field.isEmpty() ? "" : field + ": ") + reason;
    }
}
