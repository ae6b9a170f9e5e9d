package io.inmesh.conformance.http;

import java.util.List;

/** A response as it came off the wire; the body is ASCII. */
public record Response(int status, List<Header> headers, String body) {

    public Response {
        headers = List.copyOf(headers);
    }
}
