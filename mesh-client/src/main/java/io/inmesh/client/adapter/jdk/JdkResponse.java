package io.inmesh.client.adapter.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** OkHttp's response, or the mesh's local reply, as the JDK's. */
record JdkResponse<T>(
        HttpRequest request,
        int statusCode,
        URI uri,
        HttpHeaders headers,
        HttpClient.Version version,
        @Nullable T value)
        implements HttpResponse<T>, HttpResponse.ResponseInfo {

    static <T> JdkResponse<T> of(HttpRequest request, Response response) {
        return new JdkResponse<>(
                request,
                response.code(),
                response.request().url().uri(),
                HttpHeaders.of(response.headers().toMultimap(), (name, value) -> true),
                response.protocol() == Protocol.HTTP_2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1,
                null);
    }

    JdkResponse<T> with(@Nullable T body) {
        return new JdkResponse<>(request, statusCode, uri, headers, version, body);
    }

    @Override
    @SuppressWarnings("NullAway") // the JDK's own is null for handlers that discard
    public T body() {
        return value;
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return Optional.empty();
    }

    /** The mesh's TLS is the mesh's affair. */
    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }
}
