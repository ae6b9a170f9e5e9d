package io.inmesh.samples.demo;

import java.io.IOException;

/** Waits for something that another process does. */
final class Patience {

    private static final long LIMIT_NANOS = 90_000_000_000L;
    private static final int POLL_MILLIS = 50;

    private Patience() {}

    /**
     * Asks until the answer is yes.
     *
     * @throws IOException if it is not after a minute and a half
     */
    static void await(String what, Question question) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!question.ask()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IOException("gave up waiting until " + what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    @FunctionalInterface
    interface Question {
        boolean ask() throws IOException, InterruptedException;
    }
}
