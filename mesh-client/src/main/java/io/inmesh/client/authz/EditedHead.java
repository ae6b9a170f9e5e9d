package io.inmesh.client.authz;

import io.inmesh.api.http.MeshRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's head with the changes that filters made. A view. */
record EditedHead(MeshRequest original, RequestEdits edits) implements MeshRequest {

    @Override
    public String method() {
        return original.method();
    }

    @Override
    public String scheme() {
        return original.scheme();
    }

    @Override
    public String authority() {
        return original.authority();
    }

    @Override
    public String path() {
        return original.path();
    }

    @Override
    public @Nullable String header(String name) {
        List<String> lines = headerValues(name);
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    @Override
    public List<String> headerValues(String name) {
        List<String> lines = new ArrayList<>(edits.removes(name) ? List.of() : original.headerValues(name));
        lines.addAll(edits.added(name));
        return lines;
    }
}
