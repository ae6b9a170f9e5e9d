package io.inmesh.client.admin;

import java.nio.charset.StandardCharsets;

/** What goes back to whoever asked. */
record AdminAnswer(int status, String contentType, String body) {

    private static final int OK = 200;

    static AdminAnswer text(String text) {
        return text(OK, text);
    }

    static AdminAnswer text(int status, String text) {
        return new AdminAnswer(status, "text/plain; charset=UTF-8", text);
    }

    static AdminAnswer json(String json) {
        return new AdminAnswer(OK, "application/json", json + "\n");
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
