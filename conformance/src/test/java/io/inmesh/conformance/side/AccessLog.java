package io.inmesh.conformance.side;

import io.inmesh.conformance.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Envoy's access log, read until it has told about every request. */
final class AccessLog {

    /** The fields of each line, by name, in Envoy's command operators. */
    static final Map<String, String> FIELDS = Map.of(
            "id", "%REQ(X-CONFORMANCE-ID)%",
            "flags", "%RESPONSE_FLAGS%",
            "route", "%ROUTE_NAME%",
            "cluster", "%UPSTREAM_CLUSTER_RAW%",
            "host", "%UPSTREAM_HOST%",
            "attempts", "%UPSTREAM_REQUEST_ATTEMPT_COUNT%",
            "details", "%RESPONSE_CODE_DETAILS%");

    private static final Duration POLL = Duration.ofMillis(5);
    private static final int POLLS = 2000;

    private final Path file;
    private int read;

    AccessLog(Path file) {
        this.file = file;
    }

    /** The lines of these requests, by id; lines of other requests are dropped. */
    Map<String, Map<String, Object>> await(Collection<String> ids) {
        Map<String, Map<String, Object>> found = new HashMap<>();
        for (int i = 0; i < POLLS; i++) {
            for (String line : newLines()) {
                Map<String, Object> fields = Json.parse(line);
                found.put(String.valueOf(fields.get("id")), fields);
            }
            if (found.keySet().containsAll(ids)) {
                return found;
            }
            pause();
        }
        throw new IllegalStateException("Envoy's access log says nothing about some of " + ids + "; it has " + found);
    }

    private List<String> newLines() {
        try {
            if (!Files.exists(file) || Files.size(file) == read) {
                return List.of();
            }
            byte[] bytes = Files.readAllBytes(file);
            String fresh = new String(bytes, read, bytes.length - read, StandardCharsets.UTF_8);
            String complete = fresh.substring(0, fresh.lastIndexOf('\n') + 1);
            read += complete.getBytes(StandardCharsets.UTF_8).length;
            return complete.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
