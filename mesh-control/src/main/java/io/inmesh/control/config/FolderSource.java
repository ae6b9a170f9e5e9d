package io.inmesh.control.config;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.control.yaml.YamlLimits;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches a folder of YAML by looking at it every 25 ms, which costs one stat per file and, unlike a file system's own watch, sees
 * every way in which editors, volumes and copies replace files. An edit takes effect after two looks. Thread-safe.
 */
public final class FolderSource implements ConfigSource {

    private static final System.Logger LOG = System.getLogger(FolderSource.class.getName());
    public static final Duration POLL = Duration.ofMillis(25);

    private static final int LOOKS = 4;

    private final Path path;
    private final Optional<Path> copies;
    private final ConfigFolder folder;
    private final ScheduledExecutorService executor;
    private volatile ConfigSnapshot current = new ConfigSnapshot(List.of(), List.of(), false);
    private Map<String, Resource> delivered = Map.of();
    private @Nullable ScheduledFuture<?> polling;

    /**
     * @param folder is read recursively
     * @param copies where last good files are kept for a restart
     * @param executor of one thread
     */
    public FolderSource(Path folder, Optional<Path> copies, ScheduledExecutorService executor) {
        this.path = folder;
        this.copies = copies;
        this.folder = new ConfigFolder(folder, copies.map(LastGoodFiles::new), YamlLimits.DEFAULT);
        this.executor = executor;
    }

    @Override
    public synchronized void start(Consumer<ConfigChange> consumer) {
        polling = executor.scheduleWithFixedDelay(() -> poll(consumer), 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public List<MeshConfig> meshConfigs() {
        ConfigFolder look = new ConfigFolder(path, copies.map(LastGoodFiles::new), YamlLimits.DEFAULT);
        for (int i = 0; i < LOOKS; i++) {
            Optional<ConfigSnapshot> now = look.poll();
            if (now.isPresent()) {
                return usable(now.get());
            }
        }
        // Files that change all the time, or no folder yet: neither is served, and the first state tells when that is
        // over.
        return List.of();
    }

    private static List<MeshConfig> usable(ConfigSnapshot now) {
        List<MeshConfig> found = now.of(MeshConfig.class);
        for (Problem problem : now.problems()) {
            boolean lost = problem.severity() == Problem.Severity.ERROR
                    && MeshConfig.names(problem.resource())
                    && found.stream().noneMatch(each -> each.meta().id().equals(problem.resource()));
            if (lost) {
                throw new MeshConfigurationException("The mesh's own settings cannot be used: " + problem);
            }
        }
        return found;
    }

    @Override
    public ConfigSnapshot snapshot() {
        return current;
    }

    private void poll(Consumer<ConfigChange> consumer) {
        try {
            folder.poll().ifPresent(now -> deliver(now, consumer));
        } catch (IllegalStateException | IllegalArgumentException | NullPointerException | StackOverflowError bug) {
            // The executor would silently stop polling for ever.
            LOG.log(Level.ERROR, "config poll failed, the last state stays", bug);
        }
    }

    private void deliver(ConfigSnapshot now, Consumer<ConfigChange> consumer) {
        Map<String, Resource> byId = new LinkedHashMap<>();
        now.resources().forEach(resource -> byId.put(resource.meta().id(), resource));
        ConfigChange change = ConfigChange.between(delivered, byId);
        delivered = byId;
        current = now;
        consumer.accept(change);
    }

    @Override
    public synchronized void close() {
        if (polling != null) {
            polling.cancel(false);
        }
    }
}
