package io.inmesh.client.adapter.jdk;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Response;

/** Hands a response's body to the JDK's subscriber as it asks for pieces: what streams there, streams here. */
final class BodyDelivery implements Flow.Subscription, Runnable {

    private static final int PIECE = 16 * 1024;

    private final Response response;
    private final BodySubscriber<?> subscriber;
    private final Executor executor;
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean over;

    private BodyDelivery(Response response, BodySubscriber<?> subscriber, Executor executor) {
        this.response = response;
        this.subscriber = subscriber;
        this.executor = executor;
    }

    /** Completes the future when the handler's body is there, which for streams is at once. */
    static <T> void start(
            HttpRequest request,
            Response response,
            BodyHandler<T> handler,
            Executor executor,
            CompletableFuture<HttpResponse<T>> future) {
        JdkResponse<T> head = JdkResponse.of(request, response);
        BodySubscriber<T> subscriber = handler.apply(head);
        var unused = future.whenComplete((delivered, failure) -> {
            if (failure != null) {
                response.close();
            }
        });
        subscriber.getBody().whenComplete((body, failure) -> {
            if (failure == null) {
                future.complete(head.with(body));
            } else {
                future.completeExceptionally(failure);
            }
        });
        subscriber.onSubscribe(new BodyDelivery(response, subscriber, executor));
    }

    @Override
    public void request(long n) {
        wanted.accumulateAndGet(n, (now, more) -> now + more < 0 ? Long.MAX_VALUE : now + more);
        wake();
    }

    @Override
    public void cancel() {
        over = true;
        response.close();
    }

    private void wake() {
        if (!over && wanted.get() > 0 && running.compareAndSet(false, true)) {
            executor.execute(this);
        }
    }

    /** Runs while pieces are wanted; one thread at a time. */
    @Override
    public void run() {
        try {
            while (!over && wanted.get() > 0) {
                deliverOne();
            }
        } catch (IOException e) {
            over = true;
            subscriber.onError(e);
        } finally {
            running.set(false);
        }
        wake();
    }

    private void deliverOne() throws IOException {
        byte[] piece = new byte[PIECE];
        int read = response.body().source().read(piece);
        if (read < 0) {
            over = true;
            response.close();
            subscriber.onComplete();
        } else {
            wanted.decrementAndGet();
            subscriber.onNext(List.of(ByteBuffer.wrap(piece, 0, read)));
        }
    }
}
