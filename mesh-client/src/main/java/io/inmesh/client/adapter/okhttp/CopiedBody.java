package io.inmesh.client.adapter.okhttp;

import java.io.IOException;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Bodies that are to be sent twice at the same time: an application's own code writes them once, here. */
final class CopiedBody {

    /** Larger bodies are not copied; Envoy's default limit for what it keeps of a request is the same. */
    static final long MOST_BYTES = 1 << 20;

    private CopiedBody() {}

    /** The request with a body of its own; null if it cannot be had. */
    static @Nullable Request in(Request request) {
        RequestBody body = request.body();
        if (body == null) {
            return request;
        }
        if (body.isOneShot() || body.isDuplex()) {
            return null;
        }
        try {
            long length = body.contentLength();
            if (length < 0 || length > MOST_BYTES) {
                return null;
            }
            Buffer bytes = new Buffer();
            body.writeTo(bytes);
            return request.newBuilder()
                    .method(request.method(), RequestBody.create(bytes.readByteString(), body.contentType()))
                    .build();
        } catch (IOException e) {
            // The request itself will fail for the same reason, and say so.
            return null;
        }
    }
}
