package io.inmesh.client.adapter.okhttp;

import okhttp3.OkHttpClient;

/**
 * The application's own client for hosts outside the mesh: its connections, DNS, proxy and TLS, as if there were no mesh, but without
 * what already happens above.
 */
final class PassThrough {

    private PassThrough() {}

    static OkHttpClient of(OkHttpClient application) {
        OkHttpClient.Builder builder = AttemptClient.quiet(application.newBuilder());
        builder.interceptors().clear();
        builder.networkInterceptors().add(0, new HideRetryAfter());
        return builder.build();
    }
}
