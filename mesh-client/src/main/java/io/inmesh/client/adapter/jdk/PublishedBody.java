package io.inmesh.client.adapter.jdk;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body that a publisher makes, piece by piece as the connection takes it. The JDK subscribes again to repeat, and so do we. */
final class PublishedBody extends RequestBody {

    private final BodyPublisher publisher;

    PublishedBody(BodyPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public @Nullable MediaType contentType() {
        return null;
    }

    @Override
    public long contentLength() {
        return Math.max(-1, publisher.contentLength());
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        Pieces pieces = new Pieces();
        publisher.subscribe(pieces);
        try {
            for (Piece piece = pieces.next(); piece.bytes != null; piece = pieces.next()) {
                while (piece.bytes.hasRemaining()) {
                    sink.write(piece.bytes);
                }
            }
        } finally {
            pieces.cancel();
        }
    }

    /** One piece, or the end, or a failure. */
    private record Piece(
            @Nullable ByteBuffer bytes, @Nullable Throwable failure) {}

    private static final class Pieces implements Flow.Subscriber<ByteBuffer> {

        private final LinkedBlockingQueue<Piece> queue = new LinkedBlockingQueue<>();
        private volatile Flow.@Nullable Subscription subscription;

        Piece next() throws IOException {
            Flow.Subscription source = subscription;
            if (source != null) {
                source.request(1);
            }
            Piece piece = taken();
            if (piece.failure != null) {
                throw new IOException("the body's publisher failed", piece.failure);
            }
            return piece;
        }

        private Piece taken() throws IOException {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        void cancel() {
            Flow.Subscription source = subscription;
            if (source != null) {
                source.cancel();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription source) {
            subscription = source;
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            queue.add(new Piece(bytes, null));
        }

        @Override
        public void onError(Throwable failure) {
            queue.add(new Piece(null, failure));
        }

        @Override
        public void onComplete() {
            queue.add(new Piece(null, null));
        }
    }
}
