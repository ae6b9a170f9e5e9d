package io.inmesh.client.adapter.okhttp;

import java.io.IOException;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps {@code Retry-After} of a 503 from OkHttp, which would send the request a second time by itself when the value is 0, and has
 * no setting for that. The header is put back when the attempt is over. Stateless.
 */
final class HideRetryAfter implements Interceptor {

    private static final int SERVICE_UNAVAILABLE = 503;

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        List<String> retryAfter = response.headers("Retry-After");
        AttemptEvents events = chain.call().request().tag(AttemptEvents.class);
        if (response.code() != SERVICE_UNAVAILABLE || retryAfter.isEmpty() || events == null) {
            return response;
        }
        events.hideRetryAfter(retryAfter);
        return response.newBuilder().removeHeader("Retry-After").build();
    }
}
