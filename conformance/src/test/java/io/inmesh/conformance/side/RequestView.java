package io.inmesh.conformance.side;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our request as the pipeline sees it. */
record RequestView(Request request) implements MeshRequest {

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public String authority() {
        return request.authority();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public @Nullable String header(String name) {
        return Header.joined(request.headers(), name);
    }

    @Override
    public List<String> headerValues(String name) {
        return Header.all(request.headers(), name);
    }
}
