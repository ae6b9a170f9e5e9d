package io.inmesh.control.config;

/** A file or resource that cannot be used. Stays inside this package, where it becomes a {@link Problem}. */
final class InvalidResourceException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient Origin origin;
    private final String field;
    private final String reason;

    InvalidResourceException(Origin origin, String field, String reason) {
        super(origin + ": " + field + ": " + reason);
        this.origin = origin;
        this.field = field;
        this.reason = reason;
    }

    Problem problem(String resource) {
        return new Problem(Problem.Severity.ERROR, origin, resource, field, reason);
    }
}
