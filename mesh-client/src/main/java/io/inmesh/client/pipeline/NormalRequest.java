package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.client.match.RequestPath;
import io.inmesh.client.route.MeshSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request whose path had to be normalised; a view over the caller's. */
record NormalRequest(MeshRequest request, String path) implements MeshRequest {

    /** The request as its port's routes look at it; the same instance unless its path is odd. */
    static MeshRequest of(MeshRequest request, MeshSnapshot snapshot) {
        String path = RequestPath.normalized(request.path());
        boolean same = path.equals(request.path())
                || !request.scheme().equals("http")
                || !snapshot.normalizesPaths(Authority.port(request));
        return same ? request : new NormalRequest(request, path);
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String scheme() {
        return request.scheme();
    }

    @Override
    public String authority() {
        return request.authority();
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public List<String> headerValues(String name) {
        return request.headerValues(name);
    }

    @Override
    public @Nullable CallPolicy policy() {
        return request.policy();
    }

    @Override
    public boolean mayHaveHeaders(String prefix) {
        return request.mayHaveHeaders(prefix);
    }

    @Override
    public boolean complete() {
        return request.complete();
    }

    @Override
    public boolean replayable() {
        return request.replayable();
    }

    @Override
    public boolean http2() {
        return request.http2();
    }
}
