package io.inmesh.benchmarks.sim;

import io.inmesh.api.spi.MeshClock;
import java.time.Instant;
import java.util.PriorityQueue;

/** Time that jumps from one event to the next. For one thread. */
final class Simulated implements MeshClock {

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long order;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(now);
    }

    void after(long nanos, Runnable what) {
        events.add(new Event(now + Math.max(0, nanos), order++, what));
    }

    /** Runs everything that is due until then; what comes later never happens. */
    void run(long untilNanos) {
        for (Event next = events.poll(); next != null && next.due <= untilNanos; next = events.poll()) {
            now = next.due;
            next.what.run();
        }
    }

    private record Event(long due, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return due == other.due ? Long.compare(order, other.order) : Long.compare(due, other.due);
        }
    }
}
