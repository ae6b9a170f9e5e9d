package io.inmesh.client.security;

import io.inmesh.api.identity.IdentityFiles;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.IdentitySource;
import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The identity that somebody else keeps in a directory, without an agent: read again every few seconds, handed over when it is whole,
 * verified and another. Thread-safe; nobody but its own thread waits for the disk.
 */
public final class FileIdentitySource implements IdentitySource {

    private static final Logger LOG = System.getLogger(FileIdentitySource.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final IdentityFiles files;
    private final MeshClock clock;
    private final ScheduledExecutorService executor;
    private String trouble = "";

    /**
     * Reads nothing yet.
     *
     * @param executor reads the files; shut down with the source
     */
    public FileIdentitySource(Path directory, MeshClock clock, ScheduledExecutorService executor) {
        this.files = new IdentityFiles(directory);
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public void start(Consumer<WorkloadIdentity> consumer) {
        var unused = executor.scheduleWithFixedDelay(() -> look(consumer), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** The same trouble again and again is told once. */
    private void look(Consumer<WorkloadIdentity> consumer) {
        try {
            files.read(clock.now()).ifPresent(consumer);
            trouble = "";
        } catch (IOException | GeneralSecurityException e) {
            if (!e.toString().equals(trouble)) {
                trouble = e.toString();
                LOG.log(Level.WARNING, "The identity''s files cannot be used: {0}", trouble);
            }
        }
    }
}
