package io.inmesh.client.adapter.apache;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** Apache's messages as OkHttp's, and back. */
final class ApacheMessages {

    /** What Apache writes for a connection of its own, and OkHttp writes for its. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "transfer-encoding", "host", "keep-alive", "upgrade");

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private ApacheMessages() {}

    static Request request(ClassicHttpRequest request, URI uri) throws IOException {
        Request.Builder converted = new Request.Builder();
        for (Header header : request.getHeaders()) {
            if (!OF_THE_CONNECTION.contains(header.getName().toLowerCase(Locale.ROOT))) {
                converted.addHeader(header.getName(), header.getValue() == null ? "" : header.getValue());
            }
        }
        try {
            return converted
                    .url(uri.toString())
                    .method(request.getMethod(), body(request))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException("not a request that OkHttp can send: " + request, e);
        }
    }

    private static @Nullable RequestBody body(ClassicHttpRequest request) {
        HttpEntity entity = request.getEntity();
        if (entity != null) {
            return new EntityBody(entity);
        }
        return WITH_BODY.contains(request.getMethod()) ? RequestBody.EMPTY : null;
    }

    static ClassicHttpResponse response(Response response) {
        ClassicHttpResponse converted = new BasicClassicHttpResponse(response.code(), response.message());
        Headers headers = response.headers();
        for (int i = 0; i < headers.size(); i++) {
            converted.addHeader(headers.name(i), headers.value(i));
        }
        String type = response.header("Content-Type");
        converted.setEntity(new InputStreamEntity(
                response.body().byteStream(),
                response.body().contentLength(),
                type == null ? null : ContentType.parseLenient(type),
                response.header("Content-Encoding")));
        return converted;
    }

    /** An entity that is written while it is sent. */
    private static final class EntityBody extends RequestBody {

        private final HttpEntity entity;

        EntityBody(HttpEntity entity) {
            this.entity = entity;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return entity.isChunked() ? -1 : entity.getContentLength();
        }

        @Override
        public boolean isOneShot() {
            return !entity.isRepeatable();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            entity.writeTo(sink.outputStream());
        }
    }
}
