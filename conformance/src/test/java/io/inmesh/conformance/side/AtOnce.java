package io.inmesh.conformance.side;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Calls that start together or follow one another. */
final class AtOnce {

    private static final long LIMIT_SECONDS = 30;

    private AtOnce() {}

    /** The results in the items' order; {@code done} is told after each. */
    static <A, B> List<B> map(List<A> items, long everyMillis, boolean atOnce, Function<A, B> work, Runnable done) {
        Function<A, B> call = item -> {
            try {
                return work.apply(item);
            } finally {
                done.run();
            }
        };
        if (!atOnce) {
            List<B> results = new ArrayList<>();
            for (A item : items) {
                pause(results.isEmpty() ? 0 : everyMillis);
                results.add(call.apply(item));
            }
            return results;
        }
        ExecutorService threads = Executors.newFixedThreadPool(items.size());
        try {
            List<Future<B>> futures = new ArrayList<>();
            items.forEach(item -> futures.add(threads.submit(() -> call.apply(item))));
            List<B> results = new ArrayList<>();
            for (Future<B> future : futures) {
                results.add(future.get(LIMIT_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
