package io.inmesh.control.yaml;

/** A file or resource that cannot be used, with the place where that shows. Becomes a message before it leaves the source. */
public final class InvalidResourceException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient Origin origin;
    private final String field;
    private final String reason;

    public InvalidResourceException(Origin origin, String field, String reason) {
        super(origin + ": " + field + ": " + reason);
        this.origin = origin;
        this.field = field;
        this.reason = reason;
    }

    public Origin origin() {
        return origin;
    }

    /** The path of the field, empty where the whole is meant. */
    public String field() {
        return field;
    }

    public String reason() {
        return reason;
    }
}
