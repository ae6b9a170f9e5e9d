package io.inmesh.client.adapter.jdk;

import java.net.http.HttpRequest;
import java.util.Set;
import okhttp3.Request;
import okhttp3.RequestBody;

/** The JDK's requests as OkHttp's. */
final class JdkRequests {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private JdkRequests() {}

    /**
     * Converts a request.
     *
     * @throws IllegalArgumentException if OkHttp cannot send it
     */
    static Request convert(HttpRequest request) {
        Request.Builder converted = new Request.Builder().url(request.uri().toString());
        request.headers().map().forEach((name, values) -> values.forEach(value -> converted.addHeader(name, value)));
        RequestBody body = request.bodyPublisher()
                .filter(publisher -> publisher.contentLength() != 0)
                .<RequestBody>map(PublishedBody::new)
                .orElse(WITH_BODY.contains(request.method()) ? RequestBody.EMPTY : null);
        return converted.method(request.method(), body).build();
    }
}
