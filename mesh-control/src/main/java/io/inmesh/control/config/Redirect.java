package io.inmesh.control.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A 30x answer instead of a destination.
 *
 * @param portOfRequest the port that the call came to is written out; else it is the scheme's default
 * @param prefixRewrite stands in the place of the matched prefix, where {@code uri} is not written
 */
public record Redirect(
        Optional<String> uri,
        Optional<String> authority,
        Optional<String> scheme,
        OptionalInt port,
        boolean portOfRequest,
        Optional<String> prefixRewrite,
        int redirectCode) {

    /** Istio's RedirectPortSelection. */
    enum DerivePort {
        FROM_PROTOCOL_DEFAULT,
        FROM_REQUEST_PORT
    }

    static Redirect read(Fields redirect) {
        int code = redirect.integer("redirectCode", 300, 399).orElse(301);
        if (code != 301 && code != 302 && code != 303 && code != 307 && code != 308) {
            throw redirect.invalid("redirectCode", "must be 301, 302, 303, 307 or 308");
        }
        return new Redirect(
                redirect.text("uri"),
                redirect.text("authority"),
                redirect.text("scheme"),
                redirect.integer("port", 1, 65_535),
                redirect.choice("derivePort", DerivePort.class).orElse(null) == DerivePort.FROM_REQUEST_PORT,
                redirect.text("prefixRewrite"),
                code);
    }
}
