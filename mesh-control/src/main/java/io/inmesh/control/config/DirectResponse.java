package io.inmesh.control.config;

/** A fixed answer instead of a destination. */
public record DirectResponse(int status, String body) {

    private static final int LARGEST = 1 << 20;

    static DirectResponse read(Fields response) {
        int status = response.integer("status", 200, 599).orElseThrow(() -> response.invalid("status", "is required"));
        String body = response.object("body", fields -> {
                    fields.unsupported("bytes");
                    return fields.text("string").orElse("");
                })
                .orElse("");
        if (body.length() > LARGEST) {
            throw response.invalid("body", "is larger than 1 MB");
        }
        return new DirectResponse(status, body);
    }
}
