package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.policy.CallPolicy;
import java.io.IOException;
import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** OkHttp's request as policies see it. Not thread-safe: it belongs to one call. */
final class RequestHead implements MeshRequest {

    /** What Envoy takes in before it waits for the upstream: its limit for a connection's buffer. */
    private static final long AT_ONCE = 1 << 20;

    private final Request request;
    private final boolean http2;
    private final @Nullable CallPolicy policy;
    private @Nullable String authority;
    private @Nullable String path;

    RequestHead(Request request, boolean http2) {
        this.request = request;
        this.http2 = http2;
        policy = request.tag(CallPolicy.class); // OkHttp makes an object for each look
    }

    /** Of a client's request, which is what its client would speak. */
    static RequestHead of(Request request, OkHttpClient client) {
        return new RequestHead(request, client.protocols().contains(Protocol.H2_PRIOR_KNOWLEDGE));
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String scheme() {
        return request.url().scheme();
    }

    @Override
    public String authority() {
        String known = authority;
        if (known == null) {
            String host = request.header("Host");
            known = host == null ? of(request.url()) : host;
            authority = known;
        }
        return known;
    }

    @Override
    public String path() {
        String known = path;
        if (known == null) {
            HttpUrl url = request.url();
            String query = url.encodedQuery();
            known = query == null ? url.encodedPath() : url.encodedPath() + "?" + query;
            path = known;
        }
        return known;
    }

    @Override
    public @Nullable String header(String name) {
        return joined(request.headers(), name);
    }

    @Override
    public List<String> headerValues(String name) {
        return request.headers().values(name);
    }

    @Override
    public @Nullable CallPolicy policy() {
        return policy;
    }

    @Override
    public boolean mayHaveHeaders(String prefix) {
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).regionMatches(true, 0, prefix, 0, prefix.length())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean complete() {
        RequestBody body = request.body();
        if (body == null) {
            return true;
        }
        long length = length(body);
        return length >= 0 && length <= AT_ONCE;
    }

    /** Not for more than Envoy would have kept of it. */
    @Override
    public boolean replayable() {
        RequestBody body = request.body();
        return body == null || (!body.isOneShot() && !body.isDuplex() && length(body) <= AT_ONCE);
    }

    private static long length(RequestBody body) {
        try {
            return body.isDuplex() ? -1 : body.contentLength();
        } catch (IOException e) {
            return -1; // its length cannot be told; what is wrong with it shows when it is written
        }
    }

    @Override
    public boolean http2() {
        return http2;
    }

    /** Lines of one name joined by a comma, which is what Envoy matches. */
    static @Nullable String joined(Headers headers, String name) {
        String joined = null;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equalsIgnoreCase(name)) {
                joined = joined == null ? headers.value(i) : joined + "," + headers.value(i);
            }
        }
        return joined;
    }

    private static String of(HttpUrl url) {
        String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }
}
