package io.inmesh.agent.ads;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** One host that was called, or is always wanted. Thread-safe. */
final class DemandedHost {

    /** How exactly the last call is noted; a volatile write with each call would cost more. */
    private static final long NOTED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String name;
    private final AtomicReference<CompletableFuture<Boolean>> answer = new AtomicReference<>(new CompletableFuture<>());
    private volatile boolean present;
    private volatile boolean unknown;
    private volatile long unknownUntil;
    private volatile long calledAt;

    /** @param name {@code <port>/<host>} */
    DemandedHost(String name, long now) {
        this.name = name;
        this.calledAt = now;
    }

    String name() {
        return name;
    }

    /** Notes a call; says whether it can be decided on now. */
    boolean called(long now) {
        if (now - calledAt > NOTED_NANOS) {
            calledAt = now;
        }
        return present || unknown(now);
    }

    boolean present() {
        return present;
    }

    boolean unknown(long now) {
        return unknown && now - unknownUntil < 0;
    }

    /** Whether nobody called it for so long, or it need not be remembered as unknown any longer. */
    boolean idle(long now, long unusedNanos) {
        return unknown ? now - unknownUntil >= 0 : now - calledAt > unusedNanos;
    }

    /** Its routes are there. */
    void come() {
        unknown = false;
        present = true;
        current().complete(true);
    }

    /** It does not exist, as far as anybody can tell now. */
    void missing(long until) {
        present = false;
        unknownUntil = until;
        unknown = true;
        Objects.requireNonNull(answer.getAndSet(new CompletableFuture<>())).complete(false);
    }

    /** Waits for one of both; false if neither is known in time. */
    boolean await(CompletableFuture<Boolean> asked, long nanos) throws InterruptedException {
        try {
            var unused = asked.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException notInTime) {
            return false;
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** It is asked for; what the answer completes. */
    CompletableFuture<Boolean> ask(long now) {
        unknown = false;
        calledAt = now;
        return current();
    }

    private CompletableFuture<Boolean> current() {
        return Objects.requireNonNull(answer.get());
    }
}
