package io.inmesh.client.telemetry;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener.Reporter;
import java.time.Instant;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The facts of one call. Immutable. */
record AccessLogEntry(Head head, CallReport call) {

    /**
     * The request's, taken when it began: a server's own object is used again for the next one. Null is a header that was not there.
     */
    record Head(
            Reporter reporter,
            Instant start,
            String method,
            String path,
            String authority,
            @Nullable String forwardedFor,
            @Nullable String userAgent,
            @Nullable String requestId) {

        static Head of(Reporter reporter, MeshRequest request, Instant start) {
            String originalPath = request.header("x-envoy-original-path");
            return new Head(
                    reporter,
                    start,
                    request.method(),
                    originalPath == null ? request.path() : originalPath,
                    request.authority(),
                    request.header("x-forwarded-for"),
                    request.header("user-agent"),
                    request.header("x-request-id"));
        }
    }

    /** Envoy's flags, joined by a comma; empty if there are none. */
    String flags() {
        return new TreeSet<>(call.flags()).stream().map(ResponseFlag::name).collect(Collectors.joining(","));
    }

    /** The caller's own, or the one that was made for it. */
    String requestId() {
        String given = head.requestId();
        return given == null ? call.transfer().requestId() : given;
    }

    /** Bytes of a body, of which nobody needs to know that there was none. */
    static long bytes(long count) {
        return Math.max(0, count);
    }

    /** As Envoy prints what may hold spaces outside of quotes. */
    static String oneWord(String text) {
        return text.replace(' ', '_');
    }
}
