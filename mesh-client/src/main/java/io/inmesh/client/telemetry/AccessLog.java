package io.inmesh.client.telemetry;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * One line for every call on either side, in Istio's default format or its JSON twin. A call only puts its facts into a bounded queue;
 * the line is made and written by an executor. What does not fit is dropped and counted, never waited for. Thread-safe.
 *
 * @see <a href="https://istio.io/latest/docs/tasks/observability/logs/access-log/">Istio, Envoy access logs</a>
 */
public final class AccessLog implements MeshListener, AutoCloseable {

    /** How many calls may wait to be written. */
    public static final int DEFAULT_CAPACITY = 8_192;

    private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());
    private static final int BATCH = 256;

    private final AccessLogFormat format;
    private final AccessLogOutput output;
    private final Executor executor;
    private final MeshClock clock;
    private final ArrayBlockingQueue<AccessLogEntry> queue;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder written = new LongAdder();

    /**
     * Wires a log.
     *
     * @param executor writes, one task at a time; may block on the disk
     * @param capacity how many calls may wait to be written
     */
    public AccessLog(AccessLogFormat format, AccessLogOutput output, Executor executor, MeshClock clock, int capacity) {
        this.format = Objects.requireNonNull(format, "format");
        this.output = Objects.requireNonNull(output, "output");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.clock = Objects.requireNonNull(clock, "clock");
        queue = new ArrayBlockingQueue<>(capacity);
    }

    @Override
    public CallListener callStarted(Reporter reporter, MeshRequest request) {
        AccessLogEntry.Head head = AccessLogEntry.Head.of(reporter, request, clock.now());
        return call -> add(new AccessLogEntry(head, call));
    }

    private void add(AccessLogEntry entry) {
        if (!queue.offer(entry)) {
            dropped.increment();
        }
        if (writing.compareAndSet(false, true)) {
            executor.execute(this::write);
        }
    }

    private void write() {
        List<AccessLogEntry> batch = new ArrayList<>(BATCH);
        do {
            while (queue.drainTo(batch, BATCH) > 0) {
                write(batch);
                batch.clear();
            }
            writing.set(false);
            // Whoever came between the last look and the flag has started nobody.
        } while (!queue.isEmpty() && writing.compareAndSet(false, true));
    }

    private void write(List<AccessLogEntry> batch) {
        StringBuilder lines = new StringBuilder();
        for (AccessLogEntry entry : batch) {
            format.append(lines, entry);
            lines.append('\n');
        }
        try {
            output.write(lines);
            written.add(batch.size());
            failing.set(false);
        } catch (IOException e) {
            dropped.add(batch.size());
            if (failing.compareAndSet(false, true)) {
                LOG.log(System.Logger.Level.WARNING, "the access log cannot be written; its lines are dropped: {0}", e);
            }
        }
    }

    /** Calls that were not written: the queue was full, or the output failed. */
    public long dropped() {
        return dropped.sum();
    }

    /** Calls that were. */
    public long written() {
        return written.sum();
    }

    /** Closes the output once what is in the queue has been written. */
    @Override
    public void close() {
        executor.execute(() -> {
            write();
            output.close();
        });
    }
}
