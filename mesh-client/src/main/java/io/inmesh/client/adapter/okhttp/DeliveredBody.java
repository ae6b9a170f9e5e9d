package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.pipeline.ResponseEnd;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** A response body that streams, and tells once how it ended. As thread-safe as the body below. */
final class DeliveredBody extends ResponseBody {

    private static final int DRAIN_MILLIS = 100;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final ResponseBody body;
    private final BufferedSource source;

    private DeliveredBody(ResponseBody body, BufferedSource source) {
        this.body = body;
        this.source = source;
    }

    static ResponseBody of(Response response, ResponseEnd end, CallerLimits limits, OkHttpExchange exchange) {
        ResponseBody body = response.body();
        boolean none = response.request().method().equals("HEAD")
                || response.code() == NO_CONTENT
                || response.code() == NOT_MODIFIED
                || body.contentLength() == 0;
        if (none) {
            body.close();
            exchange.over();
            end.completed();
            return ResponseBody.create(new Buffer(), body.contentType(), body.contentLength());
        }
        body.source().timeout().timeout(limits.readTimeoutMillis(), TimeUnit.MILLISECONDS);
        return new DeliveredBody(body, Okio.buffer(new WatchedSource(body.source(), end, limits, exchange)));
    }

    @Override
    public @Nullable MediaType contentType() {
        return body.contentType();
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public BufferedSource source() {
        return source;
    }

    /** Watches what is read. */
    private static final class WatchedSource extends ForwardingSource {

        private static final AtomicIntegerFieldUpdater<WatchedSource> ENDED =
                AtomicIntegerFieldUpdater.newUpdater(WatchedSource.class, "ended");

        private final BufferedSource body;
        private final ResponseEnd end;
        private final CallerLimits limits;
        private final OkHttpExchange exchange;

        @SuppressWarnings("UnusedVariable") // by its updater alone
        private volatile int ended;

        WatchedSource(BufferedSource source, ResponseEnd end, CallerLimits limits, OkHttpExchange exchange) {
            super(source);
            body = source;
            this.end = end;
            this.limits = limits;
            this.exchange = exchange;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            try {
                long read = super.read(sink, byteCount);
                exchange.read(Math.max(0, read));
                end.moved();
                if (read == -1 && over()) {
                    end.completed();
                }
                return read;
            } catch (SocketTimeoutException e) {
                // Only the application's own read timeout ends like this: attempts have none.
                if (over()) {
                    end.closedEarly();
                }
                throw e;
            } catch (IOException e) {
                if (over()) {
                    end.failed(Resets.ofStream(e, exchange.connectionLost()));
                }
                throw limits.explain(e);
            }
        }

        @Override
        public void close() throws IOException {
            boolean first = ENDED.compareAndSet(this, 0, 1);
            boolean complete = first && drained();
            super.close();
            if (first) {
                exchange.over();
            }
            if (first && complete) {
                end.completed();
            } else if (first) {
                end.closedEarly();
            }
        }

        /** Whether it ends now, and has not ended before. */
        private boolean over() {
            boolean first = ENDED.compareAndSet(this, 0, 1);
            if (first) {
                exchange.over();
            }
            return first;
        }

        /** Callers often close without reading to the end what has arrived long since; that is no broken call. */
        private boolean drained() {
            try {
                timeout().timeout(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
                timeout().deadline(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
                while (!body.exhausted()) {
                    body.skip(body.getBuffer().size());
                }
                return true;
            } catch (IOException e) {
                return false;
            } finally {
                timeout().clearDeadline();
            }
        }
    }
}
