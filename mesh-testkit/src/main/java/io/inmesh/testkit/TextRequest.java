package io.inmesh.testkit;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.policy.CallPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The head of a request, made from texts. Not thread-safe while it is built. */
public final class TextRequest implements MeshRequest {

    private final String method;
    private final String scheme;
    private final String authority;
    private final String path;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private @Nullable CallPolicy policy;

    private TextRequest(String method, String scheme, String authority, String path) {
        this.method = method;
        this.scheme = scheme;
        this.authority = authority;
        this.path = path;
    }

    public static TextRequest get(String url) {
        return of("GET", url);
    }

    /** Splits a URL such as {@code http://reviews:9080/x?y}; nothing is normalised, and a default port stays. */
    public static TextRequest of(String method, String url) {
        int authority = url.indexOf("://") + 3;
        int path = url.indexOf('/', authority);
        return new TextRequest(
                method,
                url.substring(0, authority - 3),
                path < 0 ? url.substring(authority) : url.substring(authority, path),
                path < 0 ? "/" : url.substring(path));
    }

    /** Adds a line. */
    public TextRequest header(String name, String value) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), fresh -> new ArrayList<>())
                .add(value);
        return this;
    }

    /** What the application asks of this call. */
    public TextRequest with(CallPolicy own) {
        policy = own;
        return this;
    }

    @Override
    public @Nullable CallPolicy policy() {
        return policy;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String scheme() {
        return scheme;
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
        List<String> values = headers.get(name);
        return values == null ? null : String.join(",", values);
    }

    @Override
    public List<String> headerValues(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    @Override
    public String toString() {
        return method + " " + scheme + "://" + authority + path;
    }
}
