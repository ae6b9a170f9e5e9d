package io.inmesh.control.config;

import io.inmesh.xds.wire.Bytes;
import java.util.Base64;

/**
 * A fixed answer instead of a destination.
 *
 * @param body as bytes, whichever way it was written
 */
public record DirectResponse(int status, Bytes body) {

    private static final int LARGEST = 1 << 20;

    static DirectResponse read(Fields response) {
        int status = response.integer("status", 200, 599).orElseThrow(() -> response.invalid("status", "is required"));
        Bytes body = response.object("body", DirectResponse::body).orElse(Bytes.EMPTY);
        if (body.length() > LARGEST) {
            throw response.invalid("body", "is larger than 1 MB");
        }
        return new DirectResponse(status, body);
    }

    private static Bytes body(Fields body) {
        if (body.has("bytes") && body.has("string")) {
            throw body.invalid("bytes", "only one of string and bytes may be set");
        }
        String base64 = body.text("bytes").orElse("");
        try {
            return body.has("bytes")
                    ? Bytes.copyOf(Base64.getDecoder().decode(base64))
                    : Bytes.utf8(body.text("string").orElse(""));
        } catch (IllegalArgumentException e) {
            throw body.invalid("bytes", "is not base64");
        }
    }
}
