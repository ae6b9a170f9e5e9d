package io.inmesh.client.adapter.reactor;

import io.inmesh.api.spi.MeshClock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import reactor.netty.http.client.HttpClient;

/**
 * The clients, one for each endpoint under one TLS generation. One whose identity has been replaced, or that nobody has used for a while,
 * is retired. Bounded. Thread-safe.
 */
final class NettyClients {

    private static final int MAX_CLIENTS = 10_000;
    private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final MeshClock clock;
    private final Map<NettyClientKey, NettyClient> clients = new ConcurrentHashMap<>();

    NettyClients(MeshClock clock) {
        this.clock = clock;
    }

    HttpClient of(NettyClientKey key) {
        NettyClient client = clients.get(key);
        if (client == null) {
            client = clients.computeIfAbsent(key, wanted -> new NettyClient(wanted, clock));
            sweep(key);
        }
        return client.client(clock.nanoTime());
    }

    void close() {
        clients.values().forEach(NettyClient::retire);
        clients.clear();
    }

    /** Runs when a client is new, which is when the others may have become old. */
    private void sweep(NettyClientKey fresh) {
        long now = clock.nanoTime();
        long patience = clients.size() > MAX_CLIENTS ? TimeUnit.SECONDS.toNanos(1) : UNUSED_NANOS;
        clients.entrySet().removeIf(entry -> {
            NettyClient client = entry.getValue();
            boolean old = client.outdated() || now - client.lastUsedNanos() > patience;
            if (old && !entry.getKey().equals(fresh)) {
                client.retire();
                return true;
            }
            return false;
        });
    }
}
