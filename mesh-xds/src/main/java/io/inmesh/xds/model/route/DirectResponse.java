package io.inmesh.xds.model.route;

import java.util.Objects;

/**
 * Answers at once.
 *
 * @param status 200 to 599
 * @param body text, UTF-8 on the wire; may be empty
 */
public record DirectResponse(int status, String body) implements RouteAction {

    public DirectResponse {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("A direct response's status is 200 to 599: " + status);
        }
        Objects.requireNonNull(body, "body");
    }
}
