package io.inmesh.spring.probe;

import java.nio.charset.StandardCharsets;

/**
 * What the probe port answers.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param text the body
 */
public record ProbeAnswer(int status, String contentType, String text) {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** Up or not, as Kubernetes reads it: from the status alone. */
    public static ProbeAnswer of(boolean up) {
        return health(up ? OK : UNAVAILABLE, up ? "UP" : "OUT_OF_SERVICE");
    }

    static ProbeAnswer health(int status, String name) {
        return new ProbeAnswer(status, "application/json", "{\"status\":\"" + name + "\"}");
    }

    byte[] body() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
