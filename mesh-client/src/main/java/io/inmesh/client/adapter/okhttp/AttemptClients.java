package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.security.ClientTls;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The inner clients, one for each endpoint under one TLS generation. A client whose identity has been replaced, or that nobody has used
 * for a while, is retired: what is under way ends, its connections are used no more. Bounded. Thread-safe.
 */
final class AttemptClients {

    private static final int MAX_CLIENTS = 10_000;
    private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final MeshClock clock;
    private final Map<AttemptClientKey, AttemptClient> clients = new ConcurrentHashMap<>();
    private final AtomicLong newestEpoch = new AtomicLong();

    AttemptClients(MeshClock clock) {
        this.clock = clock;
    }

    /** The client for an attempt, which must {@link AttemptClient#release} it. */
    AttemptClient acquire(AttemptClientKey key) {
        while (true) {
            AttemptClient client = clients.get(key);
            if (client == null) {
                client = clients.computeIfAbsent(key, k -> new AttemptClient(k, clock));
                sweep(key.tls());
            }
            if (client.acquire()) {
                return client;
            }
            clients.remove(key, client);
        }
    }

    int size() {
        return clients.size();
    }

    void close() {
        clients.values().forEach(AttemptClient::retire);
        clients.clear();
    }

    /** Runs when a client is new, which is when the others may have become old. */
    private void sweep(@Nullable ClientTls newest) {
        long epoch = newest == null ? newestEpoch.get() : newestEpoch.accumulateAndGet(newest.epoch(), Math::max);
        long now = clock.nanoTime();
        long patience = clients.size() > MAX_CLIENTS ? 0 : UNUSED_NANOS;
        clients.values().removeIf(client -> {
            boolean old = client.epoch() < epoch || client.unusedNanos(now) > patience;
            return old && client.retire();
        });
    }
}
