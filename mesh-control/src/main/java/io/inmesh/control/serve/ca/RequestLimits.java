package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.spi.MeshClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much one caller, and all of them together, may ask for. A caller is a service account, which a thousand replicas may share and start
 * at once, so its allowance is a large burst that fills up again slowly. Bounded in memory: of too many callers the one that has not
 * asked for longest begins anew. Thread-safe.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Token_bucket">Token bucket</a>
 */
final class RequestLimits {

    private static final int BURST = 2_000;
    private static final int PER_SECOND = 50;
    private static final int AT_ONCE = 256;
    private static final int MOST_CALLERS = 10_000;
    private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    private final MeshClock clock;
    private final AtomicInteger inProgress = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SpiffeId, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SpiffeId, Bucket> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    RequestLimits(MeshClock clock) {
        this.clock = clock;
    }

    /** Takes a place among the requests in progress; false if all are taken. Whoever got one gives it back. */
    boolean enter() {
        if (inProgress.incrementAndGet() <= AT_ONCE) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        inProgress.decrementAndGet();
    }

    /** Spends one request of a caller's allowance; false if it is spent. */
    boolean allow(SpiffeId caller) {
        long now = clock.nanoTime();
        lock.lock();
        try {
            Bucket before = buckets.getOrDefault(caller, new Bucket(BURST, now));
            long gained = (now - before.since) / NANOS_EACH;
            long left = Math.min(BURST, before.left + gained);
            long since = left == BURST ? now : before.since + gained * NANOS_EACH;
            buckets.put(caller, new Bucket(Math.max(0, left - 1), since));
            return left > 0;
        } finally {
            lock.unlock();
        }
    }

    private record Bucket(long left, long since) {}
}
