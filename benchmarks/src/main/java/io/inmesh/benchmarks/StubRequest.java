package io.inmesh.benchmarks;

import io.inmesh.api.http.MeshRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A GET without headers. */
record StubRequest(String authority, String path) implements MeshRequest {

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public @Nullable String header(String name) {
        return null;
    }

    @Override
    public List<String> headerValues(String name) {
        return List.of();
    }
}
