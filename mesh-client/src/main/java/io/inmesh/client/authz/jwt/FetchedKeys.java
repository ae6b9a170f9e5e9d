package io.inmesh.client.authz.jwt;

import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keys at an address. They are looked for again when they are used after their time, and once in ten seconds when a token names one
 * that is not there; while the issuer is away the last ones stay, for a week. Thread-safe; only the executor blocks.
 */
final class FetchedKeys implements KeySource {

    private static final System.Logger LOG = System.getLogger(FetchedKeys.class.getName());
    private static final long MAX_AGE = Duration.ofDays(7).toNanos();
    private static final long AFTER_MISS = Duration.ofSeconds(10).toNanos();
    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

    private final URI uri;
    private final Duration timeout;
    private final long cacheFor;
    private final KeyFetcher fetcher;
    private final MeshClock clock;
    private final Executor executor;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile State state;

    /**
     * What is known; immutable.
     *
     * @param asOf when the keys came
     * @param tried when they were last looked for
     * @param next when they are to be looked for again
     */
    private record State(@Nullable KeySet keys, long asOf, long tried, long next, long pause) {}

    FetchedKeys(URI uri, Duration timeout, Duration cacheFor, KeyFetcher fetcher, MeshClock clock, Executor executor) {
        this.uri = uri;
        this.timeout = timeout;
        this.cacheFor = cacheFor.toNanos();
        this.fetcher = fetcher;
        this.clock = clock;
        this.executor = executor;
        long now = clock.nanoTime();
        this.state = new State(null, now, now - AFTER_MISS, now, FIRST_PAUSE);
    }

    @Override
    public @Nullable KeySet current() {
        long now = clock.nanoTime();
        if (now - state.next() >= 0) {
            begin();
        }
        State seen = state;
        return seen.keys() == null || now - seen.asOf() > MAX_AGE ? null : seen.keys();
    }

    @Override
    public void missed() {
        State seen = state;
        long now = clock.nanoTime();
        if (now - seen.tried() >= AFTER_MISS) {
            begin();
        }
    }

    private void begin() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::fetch);
        } catch (RejectedExecutionException closed) {
            // The mesh is closed; its last requests go by the last keys.
            running.set(false);
        }
    }

    private void fetch() {
        try {
            Optional<KeySet> keys = KeySet.parse(fetcher.fetch(uri, timeout));
            if (keys.isEmpty()) {
                throw new IOException("no JWKS with a usable key");
            }
            long now = clock.nanoTime();
            state = new State(keys.get(), now, now, now + cacheFor, FIRST_PAUSE);
        } catch (IOException | RuntimeException unreachable) {
            // Nothing may end the one who would try again.
            LOG.log(Level.WARNING, "keys of tokens cannot be fetched from " + uri + ": " + unreachable);
            State seen = state;
            long now = clock.nanoTime();
            long pause = Math.min(seen.pause() * 2, LONGEST_PAUSE);
            state = new State(seen.keys(), seen.asOf(), now, now + seen.pause(), pause);
        } finally {
            running.set(false);
        }
    }
}
