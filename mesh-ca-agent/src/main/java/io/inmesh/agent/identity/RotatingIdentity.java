package io.inmesh.agent.identity;

import io.inmesh.agent.connect.AgentContext;
import io.inmesh.agent.connect.Backoff;
import io.inmesh.agent.identity.CaClient.Issued;
import io.inmesh.agent.store.IdentityStore;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the workload's identity current: begins with the one on disk, asks the CA for the next at half of its life, and goes on asking
 * while the old one lives. An identity is verified before it is handed over. After the end of the last one there is none - the
 * agent shows it to nobody, peers refuse it - until the CA answers again, which is tried every few seconds. Thread-safe; all
 * decisions are made on the context's executor.
 */
public final class RotatingIdentity implements KeptIdentity {

    private static final Logger LOG = System.getLogger(RotatingIdentity.class.getName());

    /** The longest time between two looks at the wall clock. */
    private static final Duration WATCH = Duration.ofSeconds(5);

    /** Over how long the workloads of a mesh spread when its roots change. */
    private static final Duration SPREAD = Duration.ofSeconds(5);

    /** How far the CA's clock may be ahead of ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final RotationSettings settings;
    private final AgentContext context;
    private final CaClient ca;
    private final Optional<IdentityStore> store;
    private final Backoff backoff;
    private final RenewalClock renewals;
    private final List<Consumer<WorkloadIdentity>> consumers = new ArrayList<>();

    private volatile @Nullable WorkloadIdentity current;
    private volatile IdentityStatus status = IdentityStatus.NONE;
    private volatile boolean closed;
    private @Nullable Set<X509Certificate> published;
    private boolean started;
    private boolean asking;
    private boolean expiryTold;
    private @Nullable Future<?> next;

    public RotatingIdentity(
            RotationSettings settings, AgentContext context, CaClient ca, Optional<IdentityStore> store) {
        this.settings = settings;
        this.context = context;
        this.ca = ca;
        this.store = store;
        this.backoff = new Backoff(context.random());
        this.renewals = new RenewalClock(context.clock(), settings.schedule());
    }

    /** May be called more than once; every consumer gets every identity. */
    @Override
    public void start(Consumer<WorkloadIdentity> consumer) {
        context.executor().execute(() -> {
            if (!started) {
                started = true;
                load();
            }
            consumers.add(consumer);
            usable().ifPresent(identity -> hand(identity, consumer));
            look();
        });
    }

    @Override
    public Optional<WorkloadIdentity> usable() {
        WorkloadIdentity known = current;
        return known != null && context.clock().now().isBefore(known.notAfter())
                ? Optional.of(known)
                : Optional.empty();
    }

    /**
     * The mesh publishes these roots. If the identity's own bundle is another, it is renewed now rather than at half of its life: the
     * sooner every workload knows an added root, the sooner the next step of a rotation is safe. To be called on the context's executor.
     */
    public void rootsPublished(Set<X509Certificate> roots) {
        published = roots;
        renewForRoots();
        look();
    }

    private void renewForRoots() {
        WorkloadIdentity known = current;
        Set<X509Certificate> roots = published;
        if (known != null && roots != null && !known.trustBundle().equals(roots)) {
            LOG.log(Level.INFO, "Roots changed: id={0} roots={1}", known.id(), roots.size());
            renewals.due(
                    SPREAD.dividedBy(1000).multipliedBy((long) (context.random().nextDouble() * 1000)));
        }
    }

    @Override
    public IdentityStatus status() {
        return status;
    }

    @Override
    public void close() {
        closed = true;
        context.executor().execute(() -> {
            consumers.clear();
            if (next != null) {
                next.cancel(false);
            }
        });
    }

    private void load() {
        if (store.isEmpty()) {
            return;
        }
        try {
            Optional<WorkloadIdentity> kept = store.get().load();
            if (kept.isPresent()) {
                verify(kept.get());
                take(kept.get(), kept.get().notBefore());
                renewForRoots();
            }
        } catch (IOException | CertificateException e) {
            LOG.log(Level.INFO, "The identity on disk is not used: {0}", e.getMessage());
        }
    }

    /** Asks if it is time to, and comes back when it may be. */
    private void look() {
        if (closed || asking) {
            return;
        }
        tellExpiry();
        Duration wait = renewals.untilNext(WATCH);
        if (wait.isZero()) {
            ask();
        } else {
            lookAgainIn(wait);
        }
    }

    private void lookAgainIn(Duration wait) {
        if (next != null) {
            next.cancel(false);
        }
        next = context.executor().schedule(this::look, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ask() {
        asking = true;
        SigningRequest request = SigningRequest.of(settings.id(), settings.algorithm());
        var unused = ca.create(request.csr(), settings.life(), usable())
                .whenCompleteAsync((issued, failure) -> answered(request, issued, failure), context.executor());
    }

    private void answered(SigningRequest request, @Nullable Issued issued, @Nullable Throwable failure) {
        asking = false;
        if (closed) {
            return;
        }
        if (issued == null) {
            failed(failure == null ? "no answer" : reason(failure));
        } else {
            accept(request, issued);
        }
        look();
    }

    private void accept(SigningRequest request, Issued issued) {
        WorkloadIdentity identity;
        try {
            identity = identity(request, issued);
        } catch (CertificateException e) {
            failed("the CA's answer is refused: " + e.getMessage());
            return;
        }
        Instant now = context.clock().now();
        take(identity, identity.notBefore().isAfter(now) ? identity.notBefore() : now);
        consumers.forEach(consumer -> hand(identity, consumer));
        save(identity);
    }

    /** A consumer that fails must not end the rotation. */
    private static void hand(WorkloadIdentity identity, Consumer<WorkloadIdentity> consumer) {
        try {
            consumer.accept(identity);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The identity is not put to use", e);
        }
    }

    private WorkloadIdentity identity(SigningRequest request, Issued issued) throws CertificateException {
        if (!issued.chain().get(0).getPublicKey().equals(request.keys().getPublic())) {
            throw new CertificateException("the certificate is for another key");
        }
        WorkloadIdentity identity =
                new WorkloadIdentity(settings.id(), request.keys().getPrivate(), issued.chain(), issued.trustBundle());
        verify(identity);
        return identity;
    }

    private void verify(WorkloadIdentity identity) throws CertificateException {
        Instant now = context.clock().now();
        Instant begin = identity.notBefore();
        Instant at = begin.isAfter(now) && !begin.isAfter(now.plus(SKEW)) ? begin : now;
        SpiffeId proven = SvidVerifier.verify(identity.chain(), identity.trustBundle(), at);
        if (!proven.equals(settings.id())) {
            throw new CertificateException("the certificate is of " + proven + ", not of " + settings.id());
        }
    }

    private void take(WorkloadIdentity identity, Instant from) {
        Instant renewal = renewals.taken(identity, from, context.random().nextDouble());
        current = identity;
        expiryTold = false;
        backoff.reset();
        status = new IdentityStatus(Optional.of(identity.notAfter()), Optional.of(renewal), 0, Optional.empty());
        LOG.log(
                Level.INFO,
                "Identity in use: id={0} until={1} renewal={2}",
                identity.id(),
                identity.notAfter(),
                renewal);
    }

    private void failed(String why) {
        Duration pause = backoff.next();
        renewals.pause(pause);
        status = status.failed(why);
        // The first few tell that something is wrong, then one a minute tells that it still is.
        boolean told = status.failures() <= 3 || status.failures() % 16 == 0;
        LOG.log(
                told ? Level.WARNING : Level.DEBUG,
                "Certificate not renewed: id={0} attempt={1} current={2} retryMillis={3} cause={4}",
                settings.id(),
                status.failures(),
                usable().map(i -> "until " + i.notAfter()).orElse("none"),
                pause.toMillis(),
                why);
    }

    private void tellExpiry() {
        WorkloadIdentity known = current;
        if (known != null && !expiryTold && usable().isEmpty()) {
            expiryTold = true;
            LOG.log(Level.ERROR, "Identity expired: id={0} at={1}", known.id(), known.notAfter());
        }
    }

    private void save(WorkloadIdentity identity) {
        store.ifPresent(disk -> context.disk().execute(() -> {
            try {
                disk.save(identity);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The identity is not kept on disk: {0}", e.toString());
            }
        }));
    }

    private static String reason(Throwable failure) {
        return String.valueOf(
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
    }
}
