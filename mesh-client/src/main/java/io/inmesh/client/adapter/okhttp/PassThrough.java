package io.inmesh.client.adapter.okhttp;

import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;

/**
 * The application's own client for hosts outside the mesh: its connections, DNS, proxy and TLS, as if there were no mesh, but without
 * what already happens above: redirects, credentials, cookies, cache and limits.
 */
final class PassThrough {

    private PassThrough() {}

    static OkHttpClient of(OkHttpClient application) {
        OkHttpClient.Builder builder = application
                .newBuilder()
                .eventListenerFactory(call -> {
                    AttemptEvents events = call.request().tag(AttemptEvents.class);
                    return events == null ? EventListener.NONE : events;
                })
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .callTimeout(0, TimeUnit.MILLISECONDS)
                .readTimeout(0, TimeUnit.MILLISECONDS)
                .writeTimeout(0, TimeUnit.MILLISECONDS);
        builder.interceptors().clear();
        builder.networkInterceptors().add(0, new HideRetryAfter());
        return builder.build();
    }
}
