package io.inmesh.client.adapter.reactor;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.policy.CallPolicy;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as policies see it. Immutable. */
final class ReactorHead implements MeshRequest {

    private static final long AT_ONCE = 1 << 20;

    private final ReactorRequest request;
    private final String authority;
    private final String path;

    ReactorHead(ReactorRequest request) {
        this.request = request;
        String host = header("host");
        this.authority = host == null ? authority(request.uri()) : host;
        this.path = path(request.uri());
    }

    /** Without user and the scheme's own port. */
    private static String authority(URI uri) {
        String raw = uri.getRawAuthority();
        String plain = raw.substring(raw.lastIndexOf('@') + 1);
        int own = uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return uri.getPort() == own ? plain.substring(0, plain.lastIndexOf(':')) : plain;
    }

    private static String path(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String scheme() {
        return request.uri().getScheme().toLowerCase(Locale.ROOT);
    }

    @Override
    public String authority() {
        return authority;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String header(String name) {
        String joined = null;
        for (Map.Entry<String, String> line : request.headers()) {
            if (line.getKey().equalsIgnoreCase(name)) {
                joined = joined == null ? line.getValue() : joined + "," + line.getValue();
            }
        }
        return joined;
    }

    @Override
    public List<String> headerValues(String name) {
        return request.headers().stream()
                .filter(line -> line.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public @Nullable CallPolicy policy() {
        return request.policy();
    }

    @Override
    public boolean complete() {
        return request.body() == null || (request.contentLength() >= 0 && request.contentLength() <= AT_ONCE);
    }

    @Override
    public boolean replayable() {
        return request.body() == null || request.repeatable();
    }
}
