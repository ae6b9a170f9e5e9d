package io.inmesh.control.push;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.state.Proxy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where streams meet the newest generation: a new one wakes every stream, each at most once at a time. Thread-safe. */
public final class Hub {

    private final MeshClock clock;
    private final Executor executor;
    private final Map<Long, ClientStream> streams = new ConcurrentHashMap<>();
    private final Map<Long, Boolean> waking = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong pushes = new AtomicLong();
    private volatile @Nullable Generation current;

    /**
     * Without any stream.
     *
     * @param executor runs the pushes; several threads help
     */
    public Hub(MeshClock clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    /** The newest generation; empty until the first complete state. */
    public Optional<Generation> current() {
        return Optional.ofNullable(current);
    }

    /** How many generations were published. */
    public long pushes() {
        return pushes.get();
    }

    /**
     * Makes a generation the newest and tells all streams. It is translated for every connected client first, so that one that
     * cannot be is thrown out before anybody sees it.
     */
    public void publish(Generation generation) {
        streams.values().forEach(stream -> generation.viewOf(stream.proxy()));
        current = generation;
        pushes.incrementAndGet();
        streams.forEach((id, stream) -> wakeLater(id, stream));
    }

    /** A client connected. */
    public ClientStream connect(Proxy proxy, Outlet outlet) {
        long id = ids.incrementAndGet();
        ClientStream stream = new ClientStream(id, proxy, () -> viewOf(proxy), outlet, clock);
        streams.put(id, stream);
        return stream;
    }

    /** A client is gone. */
    public void disconnect(ClientStream stream) {
        stream.close();
        streams.values().remove(stream);
    }

    /** The connected clients in the order of their coming. */
    public List<StreamStatus> statuses() {
        return streams.values().stream()
                .map(ClientStream::status)
                .sorted(Comparator.comparingLong(StreamStatus::id))
                .toList();
    }

    private View viewOf(Proxy proxy) {
        Generation generation = current;
        if (generation == null) {
            throw new IllegalStateException("no complete state yet");
        }
        return generation.viewOf(proxy);
    }

    private void wakeLater(long id, ClientStream stream) {
        if (waking.putIfAbsent(id, true) == null) {
            try {
                executor.execute(() -> {
                    waking.remove(id);
                    stream.wake();
                });
            } catch (RejectedExecutionException closing) {
                waking.remove(id);
            }
        }
    }
}
