package io.inmesh.samples.demo;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Shoppers who come all the time, except while a fact is measured: then nobody else's calls may be counted. */
final class Load implements AutoCloseable {

    private static final int MILLIS_BETWEEN = 50;

    private final Shopper shopper;
    private final ReentrantLock shop = new ReentrantLock();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "load");
        thread.setDaemon(true);
        return thread;
    });

    Load(Shopper shopper) {
        this.shopper = shopper;
    }

    Load start() {
        var unused = timer.scheduleWithFixedDelay(this::visit, 0, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
        return this;
    }

    Line measure(Fact fact) throws IOException, InterruptedException {
        shop.lock();
        try {
            return fact.check();
        } finally {
            shop.unlock();
        }
    }

    private void visit() {
        shop.lock();
        try {
            shopper.visit("reader");
        } catch (IOException e) {
            // The next shopper tries again; what matters is measured by the facts.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shop.unlock();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
