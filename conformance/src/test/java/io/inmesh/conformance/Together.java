package io.inmesh.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Work that mostly waits, side by side. */
final class Together {

    /** More than processors: rows wait for timers, for Envoy, and for sockets. */
    private static final int AT_ONCE = 6;

    private Together() {}

    /** The results in the items' order; the first failure ends all. */
    static <A, B> List<B> map(List<A> items, Function<A, B> work) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<B>> futures = new ArrayList<>();
            items.forEach(item -> futures.add(threads.submit(() -> work.apply(item))));
            List<B> results = new ArrayList<>();
            for (Future<B> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
