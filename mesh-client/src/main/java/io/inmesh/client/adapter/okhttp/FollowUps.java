package io.inmesh.client.adapter.okhttp;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * The application's redirects and authenticator, above the mesh: they see logical URLs, and each request that follows goes through
 * the whole pipeline again. What OkHttp repeats besides (after a broken connection, after 408, after 503 with {@code Retry-After: 0})
 * is the mesh's to decide and not done here. Stateless.
 */
final class FollowUps implements Interceptor {

    private static final int MAX_FOLLOW_UPS = 20;
    private static final Set<Integer> REDIRECTS = Set.of(300, 301, 302, 303, 307, 308);
    private static final int UNAUTHORIZED = 401;

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = answer(chain, chain.request(), null);
        for (int count = 1; ; count++) {
            Request next = next(chain, response);
            if (next == null) {
                return response;
            }
            response.body().close();
            if (count > MAX_FOLLOW_UPS) {
                throw new ProtocolException("Too many follow-up requests: " + count);
            }
            response = answer(chain, next, response);
        }
    }

    /** Headers that are added further down, such as Host, belong to one request and must not follow to the next. */
    private static Response answer(Chain chain, Request request, @Nullable Response prior) throws IOException {
        Response.Builder response = chain.proceed(request).newBuilder().request(request);
        if (prior != null) {
            response.priorResponse(prior.newBuilder().body(ResponseBody.EMPTY).build());
        }
        return response.build();
    }

    private static @Nullable Request next(Chain chain, Response response) throws IOException {
        Request next = null;
        if (response.code() == UNAUTHORIZED) {
            next = chain.getAuthenticator().authenticate(null, response);
        } else if (REDIRECTS.contains(response.code()) && chain.getFollowRedirects()) {
            next = redirect(response, chain.getFollowSslRedirects());
        }
        RequestBody body = next == null ? null : next.body();
        return body != null && body.isOneShot() ? null : next;
    }

    private static @Nullable Request redirect(Response response, boolean acrossSchemes) {
        Request request = response.request();
        String location = response.header("Location");
        HttpUrl url = location == null ? null : request.url().resolve(location);
        if (url == null || (!acrossSchemes && !url.scheme().equals(request.url().scheme()))) {
            return null;
        }
        Request.Builder next = request.newBuilder().url(url);
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            changeMethod(next, request, response.code());
        }
        if (!sameOrigin(request.url(), url)) {
            // Credentials were meant for the first origin only.
            next.removeHeader("Authorization");
        }
        return next.build();
    }

    private static void changeMethod(Request.Builder next, Request request, int code) {
        boolean keepsMethod = code == 307 || code == 308;
        boolean keepsBody = keepsMethod || request.method().equals("PROPFIND");
        String method = keepsBody ? request.method() : "GET";
        next.method(method, keepsBody ? request.body() : null);
        if (!keepsBody) {
            next.removeHeader("Transfer-Encoding");
            next.removeHeader("Content-Length");
            next.removeHeader("Content-Type");
        }
    }

    private static boolean sameOrigin(HttpUrl a, HttpUrl b) {
        return a.scheme().equals(b.scheme()) && a.host().equals(b.host()) && a.port() == b.port();
    }
}
