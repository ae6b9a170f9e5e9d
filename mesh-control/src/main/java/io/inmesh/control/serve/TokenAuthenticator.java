package io.inmesh.control.serve;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.TokenReviewer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows callers by their Kubernetes tokens. A good answer holds for a short while, so that a workload that calls again asks the issuer
 * once; a bad one is never kept. Thread-safe; waits for the issuer, bounded by its client.
 */
public final class TokenAuthenticator implements CallerAuthenticator {

    /** Shorter than the time in which Kubernetes takes a token back. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private static final int MOST_KEPT = 10_000;

    private final TokenReviewer reviewer;
    private final TrustDomain trustDomain;
    private final MeshClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Known> known = new LinkedHashMap<>();

    private record Known(SpiffeId id, long until) {}

    public TokenAuthenticator(TokenReviewer reviewer, TrustDomain trustDomain, MeshClock clock) {
        this.reviewer = reviewer;
        this.trustDomain = trustDomain;
        this.clock = clock;
    }

    @Override
    public Optional<SpiffeId> identify(CallerCredentials credentials) {
        return credentials.bearerToken().flatMap(this::identify);
    }

    private Optional<SpiffeId> identify(String token) {
        String digest = digest(token);
        Optional<SpiffeId> kept = kept(digest);
        if (kept.isPresent()) {
            return kept;
        }
        Optional<SpiffeId> proven =
                reviewer.review(token).map(account -> SpiffeId.of(trustDomain, account.namespace(), account.name()));
        proven.ifPresent(id -> keep(digest, id));
        return proven;
    }

    private Optional<SpiffeId> kept(String digest) {
        lock.lock();
        try {
            known.values().removeIf(each -> each.until - clock.nanoTime() <= 0);
            return Optional.ofNullable(known.get(digest)).map(Known::id);
        } finally {
            lock.unlock();
        }
    }

    private void keep(String digest, SpiffeId id) {
        lock.lock();
        try {
            if (known.size() < MOST_KEPT) {
                known.put(digest, new Known(id, clock.nanoTime() + KEPT.toNanos()));
            }
        } finally {
            lock.unlock();
        }
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
