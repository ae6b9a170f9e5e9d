package io.inmesh.control.config;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
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
public final class FolderSource implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FolderSource.class.getName());
    public static final Duration POLL = Duration.ofMillis(25);

    private final ConfigFolder folder;
    private final ScheduledExecutorService executor;
    private @Nullable ScheduledFuture<?> polling;

    /**
     * @param folder is read recursively
     * @param copies where last good files are kept for a restart
     * @param executor of one thread
     */
    public FolderSource(Path folder, Optional<Path> copies, ScheduledExecutorService executor) {
        this.folder = new ConfigFolder(folder, copies.map(LastGoodFiles::new), YamlLimits.DEFAULT);
        this.executor = executor;
    }

    /** Begins to deliver: the first snapshot as soon as no file is being written, then one after each change. */
    public synchronized void start(Consumer<ConfigSnapshot> consumer) {
        polling = executor.scheduleWithFixedDelay(() -> poll(consumer), 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void poll(Consumer<ConfigSnapshot> consumer) {
        try {
            folder.poll().ifPresent(consumer);
        } catch (IllegalStateException | IllegalArgumentException | NullPointerException | StackOverflowError bug) {
            // The executor would silently stop polling for ever.
            LOG.log(Level.ERROR, "config poll failed, the last state stays", bug);
        }
    }

    @Override
    public synchronized void close() {
        if (polling != null) {
            polling.cancel(false);
        }
    }
}
