package io.inmesh.samples.demo;

import java.util.Deque;

/** Ends what was started, the last first, whatever the others say. */
final class Closing {

    private Closing() {}

    static synchronized void all(Deque<AutoCloseable> running) {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("not closed: " + e);
            }
        }
    }
}
