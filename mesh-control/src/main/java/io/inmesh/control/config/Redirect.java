package io.inmesh.control.config;

import java.util.Optional;
import java.util.OptionalInt;

/** A 30x answer instead of a destination. */
public record Redirect(
        Optional<String> uri,
        Optional<String> authority,
        Optional<String> scheme,
        OptionalInt port,
        boolean portFromProtocol,
        int redirectCode) {

    /** Istio's RedirectPortSelection. */
    enum DerivePort {
        FROM_PROTOCOL_DEFAULT,
        FROM_REQUEST_PORT
    }

    static Redirect read(Fields redirect) {
        redirect.unsupported("prefixRewrite");
        int code = redirect.integer("redirectCode", 300, 399).orElse(301);
        if (code != 301 && code != 302 && code != 303 && code != 307 && code != 308) {
            throw redirect.invalid("redirectCode", "must be 301, 302, 303, 307 or 308");
        }
        return new Redirect(
                redirect.text("uri"),
                redirect.text("authority"),
                redirect.text("scheme"),
                redirect.integer("port", 1, 65_535),
                redirect.choice("derivePort", DerivePort.class).orElse(null) == DerivePort.FROM_PROTOCOL_DEFAULT,
                code);
    }
}
