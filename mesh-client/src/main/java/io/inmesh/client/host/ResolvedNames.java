package io.inmesh.client.host;

import io.inmesh.api.spi.NameResolver;
import io.inmesh.xds.model.cluster.Discovery;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses behind the names that clusters have for endpoints. Each name is looked up by itself, however many clusters share it: when it
 * is first wanted, and again as its settings say. A lookup that fails changes nothing: the last addresses stay; they go when it is certain that there are none.
 * Thread-safe.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/service_discovery">Envoy, strict and logical
 *     DNS</a>
 */
public final class ResolvedNames {

    private static final System.Logger LOG = System.getLogger(ResolvedNames.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

    private final NameResolver resolver;
    private final RandomGenerator chance;
    private final ScheduledExecutorService timers;
    private final Executor lookups;
    private final Runnable changed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Name> names = new HashMap<>();

    /**
     * Begins with no name.
     *
     * @param lookups runs what blocks
     * @param changed called without a lock held when some name's addresses changed or are known for the first time
     */
    public ResolvedNames(
            NameResolver resolver,
            RandomGenerator chance,
            ScheduledExecutorService timers,
            Executor lookups,
            Runnable changed) {
        this.resolver = resolver;
        this.chance = chance;
        this.timers = timers;
        this.lookups = lookups;
        this.changed = changed;
    }

    /** These names from now on, and no others. */
    public void want(Map<String, Discovery.Dns> wanted) {
        lock.lock();
        try {
            names.entrySet().removeIf(entry -> {
                boolean gone = !wanted.containsKey(entry.getKey());
                if (gone) {
                    entry.getValue().forget();
                }
                return gone;
            });
            wanted.forEach((text, settings) -> {
                Name known = names.get(text);
                if (known == null) {
                    begin(text, settings);
                } else {
                    known.settings = settings;
                }
            });
        } finally {
            lock.unlock();
        }
    }

    private void begin(String text, Discovery.Dns settings) {
        Name name = new Name(text, settings);
        names.put(text, name);
        lookups.execute(() -> look(name));
        name.patience = timers.schedule(() -> settle(name), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether each name has been answered, has failed, or has had its time: clusters need not wait any longer. */
    public boolean settled() {
        lock.lock();
        try {
            return names.values().stream().allMatch(name -> name.settled);
        } finally {
            lock.unlock();
        }
    }

    /** A name's addresses as of the last answer; empty if there was none yet. */
    public List<InetAddress> addresses(String text) {
        lock.lock();
        try {
            Name name = names.get(text);
            return name == null ? List.of() : name.addresses;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all lookups. */
    public void close() {
        want(Map.of());
    }

    private void look(Name name) {
        NameResolver.Answer answer = null;
        try {
            answer = resolver.resolve(name.text);
        } catch (UnknownHostException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "name " + name.text + " not resolved, the last answer stays: " + e);
        }
        if (accept(name, answer)) {
            changed.run();
        }
    }

    private boolean accept(Name name, NameResolver.@Nullable Answer answer) {
        lock.lock();
        try {
            if (name.gone) {
                return false;
            }
            boolean first = !name.settled;
            name.settled = true;
            name.failures = answer == null ? name.failures + 1 : 0;
            boolean different = answer != null && name.take(answer.addresses());
            long pause = answer == null ? name.pauseAfterFailure(chance) : name.pause(answer, chance);
            name.next = timers.schedule(() -> lookups.execute(() -> look(name)), pause, TimeUnit.MILLISECONDS);
            return first || different;
        } finally {
            lock.unlock();
        }
    }

    private void settle(Name name) {
        lock.lock();
        try {
            if (name.gone || name.settled) {
                return;
            }
            name.settled = true;
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    /** One name; guarded by the lock. */
    private static final class Name {

        private final String text;
        private Discovery.Dns settings;
        private List<InetAddress> addresses = List.of();
        private boolean settled;
        private boolean gone;
        private int failures;
        private @Nullable Future<?> next;
        private @Nullable Future<?> patience;

        private Name(String text, Discovery.Dns settings) {
            this.text = text;
            this.settings = settings;
        }

        /** Whether they are others than before. Those that stay keep their order, so that a logical name's connections stay where they are. */
        private boolean take(List<InetAddress> found) {
            if (addresses.size() == found.size() && addresses.containsAll(found)) {
                return false;
            }
            addresses = Stream.concat(addresses.stream().filter(found::contains), found.stream())
                    .distinct()
                    .toList();
            return true;
        }

        private long pause(NameResolver.Answer answer, RandomGenerator chance) {
            Duration rate = settings.refreshRate();
            Duration living = answer.timeToLive();
            if (settings.respectTtl() && living != null && !living.isZero()) {
                rate = living.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : living;
            }
            return rate.toMillis() + drawn(settings.jitter().toMillis(), chance);
        }

        private long pauseAfterFailure(RandomGenerator chance) {
            Discovery.FailureRate rate = settings.failureRate();
            if (rate == null) {
                return settings.refreshRate().toMillis();
            }
            long doubled = rate.base().toMillis() << Math.min(failures - 1, 16);
            return Math.max(1, drawn(Math.min(doubled, rate.most().toMillis()), chance));
        }

        private static long drawn(long most, RandomGenerator chance) {
            return most <= 0 ? 0 : Long.remainderUnsigned(chance.nextLong(), most);
        }

        private void forget() {
            gone = true;
            for (Future<?> task : new Future<?>[] {next, patience}) {
                if (task != null) {
                    task.cancel(false);
                }
            }
        }
    }
}
