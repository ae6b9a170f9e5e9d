package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.security.ClientTls;
import io.inmesh.xds.model.SocketAddress;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What attempts must have in common to share connections.
 *
 * @param application whose network interceptors and ping interval its attempts have
 * @param address of the endpoint; null where the URL's own is kept
 * @param tls the instance changes with settings and identity; null for plaintext
 * @param http2 whether HTTP/2 is spoken
 * @param opaque whether the application's own TLS runs inside, so that the mesh sees bytes only
 */
record AttemptClientKey(
        OkHttpClient application,
        @Nullable SocketAddress address,
        @Nullable ClientTls tls,
        boolean http2,
        boolean opaque,
        long connectTimeoutMillis,
        long idleTimeoutMillis) {}
