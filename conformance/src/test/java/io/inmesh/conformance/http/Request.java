package io.inmesh.conformance.http;

import java.util.List;

/**
 * A request as it goes on the wire.
 *
 * @param authority the {@code Host} header
 * @param headers without {@code Host} and {@code Content-Length}
 */
public record Request(String method, String path, String authority, List<Header> headers, String body) {

    public Request {
        headers = List.copyOf(headers);
    }
}
