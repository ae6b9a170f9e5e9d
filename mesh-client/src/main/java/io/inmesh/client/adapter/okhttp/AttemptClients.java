package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.spi.MeshClock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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

    AttemptClients(MeshClock clock) {
        this.clock = clock;
    }

    /**
     * The client for an attempt, which must {@link AttemptClient#release} it.
     *
     * @param streams how many attempts a connection of HTTP/2 carries at a time. Where that is bounded each lane has so many attempts and
     *     with them one connection, because OkHttp itself knows the peer's bound alone
     * @param opens whether the attempt is to have a connection of its own
     */
    AttemptClient acquire(AttemptClientKey key, int streams, boolean opens) {
        if (!key.http2() || streams == Integer.MAX_VALUE) {
            return firstWithRoom(key, Integer.MAX_VALUE);
        }
        if (opens) {
            return firstWithRoom(key, 1);
        }
        AttemptClient connected = connectedWithRoom(key, streams);
        return connected == null ? firstWithRoom(key, streams) : connected;
    }

    private AttemptClient firstWithRoom(AttemptClientKey first, int most) {
        AttemptClientKey key = first;
        while (true) {
            AttemptClient client = client(key);
            switch (client.acquire(most)) {
                case ADMITTED -> {
                    return client;
                }
                case FULL -> key = key.nextLane();
                case RETIRED -> clients.remove(key, client);
            }
        }
    }

    private @Nullable AttemptClient connectedWithRoom(AttemptClientKey first, int most) {
        AttemptClientKey key = first;
        AttemptClient client = clients.get(key);
        while (client != null) {
            if (client.connected() && client.acquire(most) == AttemptClient.Admittance.ADMITTED) {
                return client;
            }
            key = key.nextLane();
            client = clients.get(key);
        }
        return null;
    }

    private AttemptClient client(AttemptClientKey key) {
        AttemptClient client = clients.get(key);
        if (client == null) {
            client = clients.computeIfAbsent(key, k -> new AttemptClient(k, clock));
            sweep();
        }
        return client;
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
