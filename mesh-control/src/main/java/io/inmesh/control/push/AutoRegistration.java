package io.inmesh.control.push;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.Meta;
import io.inmesh.control.config.WorkloadEntry;
import io.inmesh.control.config.WorkloadEntryFile;
import io.inmesh.control.config.WorkloadGroup;
import io.inmesh.control.state.Proxy;
import io.inmesh.control.yaml.Origin;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Workloads of a WorkloadGroup register themselves by connecting. An entry lives while one of its streams does and some time beyond;
 * after a restart all known entries live until their workloads had time to come back. Thread-safe.
 */
public final class AutoRegistration {

    /** Istio's time. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    /** Longer than any client waits before it connects again. */
    public static final Duration RESTART_GRACE = Duration.ofSeconds(60);

    private static final System.Logger LOG = System.getLogger(AutoRegistration.class.getName());

    private final MeshClock clock;
    private final Optional<WorkloadEntryFile> file;
    private final Runnable changed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, WorkloadEntry> entries = new TreeMap<>();
    private final Map<String, Set<Object>> owners = new HashMap<>();
    private final Map<String, Long> deadlines = new LinkedHashMap<>();

    /**
     * With the entries of the last run.
     *
     * @param changed is told after each change, and must not block
     */
    public AutoRegistration(MeshClock clock, Optional<WorkloadEntryFile> file, Runnable changed) {
        this.clock = clock;
        this.file = file;
        this.changed = changed;
        restore();
    }

    /** The entries that are alive now. */
    public List<WorkloadEntry> entries() {
        lock.lock();
        try {
            return List.copyOf(entries.values());
        } finally {
            lock.unlock();
        }
    }

    /**
     * A workload of the group is connected.
     *
     * @param ports by name, as the workload says; they go before those of the group
     * @param owner tells this stream from others of the same workload
     */
    public void register(
            WorkloadGroup group,
            Proxy proxy,
            String address,
            Map<String, Integer> ports,
            String locality,
            Object owner) {
        WorkloadEntry entry = entry(group, proxy, address, ports, locality);
        String id = entry.meta().id();
        lock.lock();
        try {
            owners.computeIfAbsent(id, unknown -> new HashSet<>()).add(owner);
            deadlines.remove(id);
            if (entry.equals(entries.put(id, entry))) {
                return;
            }
            save();
        } finally {
            lock.unlock();
        }
        LOG.log(Level.INFO, "registered " + id + " at " + address);
        changed.run();
    }

    /** A stream ended; its entry stays for the grace period, or as long as another stream of the workload lives. */
    public void disconnected(Object owner) {
        lock.lock();
        try {
            owners.forEach((id, streams) -> {
                if (streams.remove(owner) && streams.isEmpty()) {
                    deadlines.put(id, clock.nanoTime() + GRACE.toNanos());
                }
            });
            owners.values().removeIf(Collection::isEmpty);
        } finally {
            lock.unlock();
        }
    }

    /** The workload of a stream takes no more requests: its entry goes at once, unless another stream of the workload lives. */
    public void withdraw(Object owner) {
        lock.lock();
        try {
            Set<String> gone = new TreeSet<>();
            owners.forEach((id, streams) -> {
                if (streams.remove(owner) && streams.isEmpty()) {
                    gone.add(id);
                }
            });
            if (gone.isEmpty()) {
                return;
            }
            owners.keySet().removeAll(gone);
            entries.keySet().removeAll(gone);
            save();
            LOG.log(Level.INFO, "withdrawn " + gone);
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    /** Takes away what is past its time; to be called about once a second. */
    public void expire() {
        lock.lock();
        try {
            long now = clock.nanoTime();
            boolean any = deadlines.entrySet().removeIf(deadline -> {
                boolean past = deadline.getValue() - now <= 0;
                if (past) {
                    entries.remove(deadline.getKey());
                    LOG.log(Level.INFO, "unregistered " + deadline.getKey());
                }
                return past;
            });
            if (!any) {
                return;
            }
            save();
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    private void restore() {
        try {
            for (WorkloadEntry entry : file.isPresent() ? file.get().read() : List.<WorkloadEntry>of()) {
                entries.put(entry.meta().id(), entry);
                deadlines.put(entry.meta().id(), clock.nanoTime() + RESTART_GRACE.toNanos());
            }
        } catch (IOException unreadable) {
            LOG.log(Level.ERROR, "registered workloads of the last run cannot be read: " + unreadable);
        }
    }

    private void save() {
        try {
            if (file.isPresent()) {
                file.get().write(entries.values());
            }
        } catch (IOException full) {
            LOG.log(Level.WARNING, "registered workloads cannot be kept for a restart: " + full);
        }
    }

    /** What the group says of a workload goes before what the workload says of itself, except where it listens. */
    private static WorkloadEntry entry(
            WorkloadGroup group, Proxy proxy, String address, Map<String, Integer> ports, String locality) {
        Map<String, String> labels = new HashMap<>(proxy.labels());
        labels.putAll(group.labels());
        labels.putAll(group.template().labels());
        Map<String, Integer> allPorts = new HashMap<>(group.template().ports());
        allPorts.putAll(ports);
        Meta meta = new Meta(
                "networking.istio.io",
                "WorkloadEntry",
                proxy.namespace(),
                proxy.name(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                new Origin("registered/" + group.meta().name(), 1));
        return new WorkloadEntry(
                meta,
                new WorkloadEntry.Spec(
                        address,
                        Map.copyOf(allPorts),
                        Map.copyOf(labels),
                        group.template().locality().isEmpty()
                                ? locality
                                : group.template().locality(),
                        group.template().weight(),
                        proxy.serviceAccount()));
    }
}
