package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.serve.CallerAuthenticator;
import io.inmesh.control.serve.CallerCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Vouches for workloads where no Kubernetes does, on a developer's machine: a token is a file that only this user can read, good
 * for ten minutes and for one service account. Whoever can read the file is that workload; no port hands a token out. It may be
 * used any number of times while it is good, because a workload that restarts asks again. Thread-safe.
 */
public final class BootstrapTokens implements CallerAuthenticator {

    /** How long a token is good for. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final String FILE = "token";
    private static final String SEPARATOR = "~";
    private static final int SECRET_BYTES = 32;
    private static final int LIMIT = 1024;
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SERVICE_ACCOUNT =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final PrivateDirectory directory;
    private final TrustDomain trustDomain;
    private final MeshClock clock;
    private final SecureRandom random;
    private final ReentrantLock issuing = new ReentrantLock();
    private final Map<SpiffeId, List<Token>> tokens = new ConcurrentHashMap<>();

    BootstrapTokens(PrivateDirectory directory, TrustDomain trustDomain, MeshClock clock, SecureRandom random) {
        this.directory = directory;
        this.trustDomain = trustDomain;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Writes a fresh token for a service account and tells the file, {@code tokens/<namespace>/<service account>/token}. If one
     * with at least half of its life before it exists, also from an earlier run, it stays. The one before stays good until its time.
     *
     * @throws IllegalArgumentException if these are no names that Kubernetes would accept
     */
    public Path issue(String namespace, String serviceAccount) throws IOException {
        if (!NAMESPACE.matcher(namespace).matches()
                || !SERVICE_ACCOUNT.matcher(serviceAccount).matches()) {
            throw new IllegalArgumentException(
                    "not a namespace and a service account: " + namespace + ", " + serviceAccount);
        }
        issuing.lock();
        try {
            return issueOne(namespace, serviceAccount);
        } finally {
            issuing.unlock();
        }
    }

    private Path issueOne(String namespace, String serviceAccount) throws IOException {
        SpiffeId id = SpiffeId.of(trustDomain, namespace, serviceAccount);
        PrivateDirectory folder = directory.folder(namespace).folder(serviceAccount);
        Optional<Token> current = Optional.ofNullable(tokens.get(id)).map(known -> known.get(0));
        if (current.isEmpty()) {
            current = read(folder, namespace + SEPARATOR + serviceAccount + SEPARATOR);
        }
        Instant now = clock.now();
        if (current.isEmpty() || current.get().isSpent(now)) {
            Token fresh = fresh(namespace, serviceAccount, now);
            // Known before it is readable, so that no reader comes too early.
            tokens.put(id, current.isPresent() ? List.of(fresh, current.get()) : List.of(fresh));
            folder.write(FILE, fresh.text.getBytes(StandardCharsets.US_ASCII));
        } else {
            tokens.putIfAbsent(id, List.of(current.get()));
        }
        return folder.resolve(FILE);
    }

    /** Replaces every token that has spent half of its life. */
    void renewIfDue() throws IOException {
        for (SpiffeId id : tokens.keySet()) {
            String[] names = id.path().split("/", -1);
            issue(names[2], names[4]);
        }
    }

    @Override
    public Optional<SpiffeId> identify(CallerCredentials credentials) {
        if (credentials.bearerToken().isEmpty()) {
            return Optional.empty();
        }
        byte[] shown = credentials.bearerToken().get().getBytes(StandardCharsets.UTF_8);
        Instant now = clock.now();
        Optional<SpiffeId> caller = Optional.empty();
        // Every token is compared, each in constant time: how long this takes says nothing about any of them.
        for (Map.Entry<SpiffeId, List<Token>> known : tokens.entrySet()) {
            for (Token token : known.getValue()) {
                boolean same = MessageDigest.isEqual(token.text.getBytes(StandardCharsets.US_ASCII), shown);
                if (same && token.isGood(now)) {
                    caller = Optional.of(known.getKey());
                }
            }
        }
        return caller;
    }

    private Token fresh(String namespace, String serviceAccount, Instant now) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        Instant until = now.plus(LIFE);
        String text = String.join(
                SEPARATOR,
                namespace,
                serviceAccount,
                Long.toString(until.getEpochSecond()),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        return new Token(text, until);
    }

    /** The token that an earlier run left behind; one that is cut or of another account is none. */
    private static Optional<Token> read(PrivateDirectory folder, String prefix) throws IOException {
        Optional<byte[]> file = folder.read(FILE, LIMIT);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(file.get(), StandardCharsets.US_ASCII);
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length != 4
                || !text.startsWith(prefix)
                || parts[3].length() != 43
                || !parts[2].matches("\\d{1,12}")) {
            return Optional.empty();
        }
        return Optional.of(new Token(text, Instant.ofEpochSecond(Long.parseLong(parts[2]))));
    }

    private record Token(String text, Instant until) {

        Duration remaining(Instant now) {
            return Duration.between(now, until);
        }

        /** Also after the clock was set back, no token is good for more than its life. */
        boolean isGood(Instant now) {
            return now.isBefore(until) && remaining(now).compareTo(LIFE.plusSeconds(1)) <= 0;
        }

        boolean isSpent(Instant now) {
            return !isGood(now) || remaining(now).compareTo(LIFE.dividedBy(2)) < 0;
        }

        /** Never prints the secret. */
        @Override
        public String toString() {
            return "Token[until " + until + "]";
        }
    }
}
