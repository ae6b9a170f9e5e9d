package io.inmesh.conformance;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs code that has a mistake in it: it may hang or throw, and either is noticed. */
final class Patience {

    /** For one row: the longest takes three on an idle machine. */
    private static final long SECONDS = 15;

    private Patience() {}

    /** What the task says; true if it says nothing in time, or throws. */
    static boolean within(Callable<Boolean> task) {
        FutureTask<Boolean> running = new FutureTask<>(task);
        Thread thread = new Thread(running, "mistaken");
        thread.setDaemon(true);
        thread.start();
        try {
            return running.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            thread.interrupt();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
