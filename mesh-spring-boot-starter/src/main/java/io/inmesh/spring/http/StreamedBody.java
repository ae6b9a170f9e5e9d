package io.inmesh.spring.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.springframework.http.StreamingHttpOutputMessage.Body;

/** A body that is written while it is sent. */
final class StreamedBody extends RequestBody {

    private final Body body;
    private final long length;

    /**
     * @param length in bytes, or -1 if it is not known before it is written
     */
    StreamedBody(Body body, long length) {
        this.body = body;
        this.length = length;
    }

    /** Null, so that OkHttp leaves the header as Spring wrote it. */
    @Override
    public @Nullable MediaType contentType() {
        return null;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public boolean isOneShot() {
        return !body.repeatable();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        body.writeTo(sink.outputStream());
    }
}
