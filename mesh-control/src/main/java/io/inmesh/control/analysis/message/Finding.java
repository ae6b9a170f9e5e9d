package io.inmesh.control.analysis.message;

import io.inmesh.control.yaml.Origin;

/**
 * Something found in one resource.
 *
 * @param path of the field, empty where the whole resource is meant
 * @param text what is wrong with it
 */
public record Finding(Code code, Origin origin, String path, String text) {

    /** A value that its schema or Istio's rules refuse. */
    public static Finding invalid(Origin origin, String path, String text) {
        return new Finding(Code.SCHEMA_VALIDATION_ERROR, origin, path, text);
    }

    /** A value that is allowed and most likely a mistake. */
    public static Finding warning(Origin origin, String path, String text) {
        return new Finding(Code.SCHEMA_WARNING, origin, path, text);
    }

    /** Tells whether the resource must not be used; an unknown field only has no effect. */
    public boolean refuses() {
        return code == Code.SCHEMA_VALIDATION_ERROR;
    }

    /** The path and what is wrong there, as the API server writes it. */
    public String message() {
        return path.isEmpty() ? text : path + ": " + text;
    }
}
