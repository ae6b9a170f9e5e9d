package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.spi.MeshClock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The inner clients, one for each endpoint under one TLS generation. A client whose identity has been replaced, or that nobody has used
 * for a while, is retired: what is under way ends, its connections are used no more. Bounded. Thread-safe.
 */
final class AttemptClients {

    private static final int MAX_CLIENTS = 10_000;
    private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final MeshClock clock;
    private final Map<AttemptClientKey, AttemptClient> clients = new ConcurrentHashMap<>();

    AttemptClients(MeshClock clock) {
        this.clock = clock;
    }

    /** The client for an attempt, which must {@link AttemptClient#release} it. */
    AttemptClient acquire(AttemptClientKey key) {
        while (true) {
            AttemptClient client = clients.get(key);
            if (client == null) {
                client = clients.computeIfAbsent(key, k -> new AttemptClient(k, clock));
                sweep();
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
    private void sweep() {
        long now = clock.nanoTime();
        long patience = clients.size() > MAX_CLIENTS ? 0 : UNUSED_NANOS;
        clients.values().removeIf(client -> {
            boolean old = client.outdated() || client.unusedNanos(now) > patience;
            return old && client.retire();
        });
    }
}
