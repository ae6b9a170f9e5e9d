package io.inmesh.client.authz.jwt;

import io.inmesh.api.spi.MeshClock;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Keys of issuers that are fetched on the spot, one source for each address. Thread-safe. */
public final class RemoteKeys implements KeySources {

    /** A configuration may name many; beyond this it is no configuration. */
    private static final int MOST = 1000;

    private final KeyFetcher fetcher;
    private final MeshClock clock;
    private final Executor executor;
    private final Map<String, KeySource> sources = new ConcurrentHashMap<>();

    /** @param executor runs fetches, which block */
    public RemoteKeys(KeyFetcher fetcher, MeshClock clock, Executor executor) {
        this.fetcher = fetcher;
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public Optional<KeySource> fetched(String uri, Duration timeout, Duration cacheFor) {
        KeySource known = sources.get(uri);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            URI address = URI.create(uri);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (!http || sources.size() >= MOST) {
                return Optional.empty();
            }
            KeySource added = sources.computeIfAbsent(
                    uri, text -> new FetchedKeys(address, timeout, cacheFor, fetcher, clock, executor));
            // The first fetch begins before the first request.
            added.current();
            return Optional.of(added);
        } catch (IllegalArgumentException noUri) {
            return Optional.empty();
        }
    }
}
