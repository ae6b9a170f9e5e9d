package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;

/** Which bodies are sent twice. */
class CopiedBodyTest {

    @Test
    void aBodyIsWrittenOnceAndSentTwice() throws IOException {
        Request request = post(new Written(5, false));
        Request copy = CopiedBody.in(request);
        assertThat(copy).isNotNull();
        Buffer sent = new Buffer();
        copy.body().writeTo(sent);
        assertThat(sent.readUtf8()).isEqualTo("xxxxx");
        assertThat(copy.method()).isEqualTo("POST");
    }

    @Test
    void aRequestWithoutABodyIsItsOwnCopy() {
        Request get = new Request.Builder().url("http://a/").build();
        assertThat(CopiedBody.in(get)).isSameAs(get);
    }

    @Test
    void whatCanBeWrittenOnlyOnceOrIsTooLargeIsNotCopied() {
        assertThat(CopiedBody.in(post(new Written(5, true)))).isNull();
        assertThat(CopiedBody.in(post(new Written(-1, false)))).isNull();
        assertThat(CopiedBody.in(post(new Written(CopiedBody.MOST_BYTES + 1, false))))
                .isNull();
    }

    private static Request post(RequestBody body) {
        return new Request.Builder().url("http://a/").post(body).build();
    }

    private static final class Written extends RequestBody {

        private final long length;
        private final boolean oneShot;

        Written(long length, boolean oneShot) {
            this.length = length;
            this.oneShot = oneShot;
        }

        @Override
        public MediaType contentType() {
            return MediaType.get("text/plain");
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public boolean isOneShot() {
            return oneShot;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            for (long i = 0; i < length; i++) {
                sink.writeByte('x');
            }
        }
    }
}
