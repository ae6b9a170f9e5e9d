package io.inmesh.client.adapter.tomcat;

import io.inmesh.api.http.MeshRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.coyote.Request;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.jspecify.annotations.Nullable;

/** A request's head as it came off the wire, before Tomcat has mapped it. A view; valid as long as the request. */
record CoyoteRequestHead(Request request, boolean tls) implements MeshRequest {

    @Override
    public String method() {
        return String.valueOf(request.getMethod());
    }

    @Override
    public String scheme() {
        return tls ? "https" : "http";
    }

    @Override
    public String authority() {
        String host = request.getHeader("host");
        return host == null ? "" : host;
    }

    @Override
    public String path() {
        String path = text(request.requestURI());
        return request.queryString().isNull() ? path : path + "?" + text(request.queryString());
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = headerValues(name);
        return values.isEmpty() ? null : String.join(",", values);
    }

    @Override
    public List<String> headerValues(String name) {
        Enumeration<String> values = request.getMimeHeaders().values(name);
        return values.hasMoreElements() ? new ArrayList<>(Collections.list(values)) : List.of();
    }

    /** Byte for byte: Tomcat's own conversion depends on a charset. */
    private static String text(MessageBytes value) {
        if (value.getType() != MessageBytes.T_BYTES) {
            return String.valueOf(value);
        }
        ByteChunk bytes = value.getByteChunk();
        return new String(bytes.getBytes(), bytes.getStart(), bytes.getLength(), StandardCharsets.ISO_8859_1);
    }
}
