package io.inmesh.agent.identity;

import io.inmesh.agent.connect.AgentContext;
import io.inmesh.api.identity.IdentityFiles;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The identity that somebody else keeps in a directory, looked at every few seconds: a changed one is handed over once it is whole,
 * valid and this workload's; until then the last one stays. Thread-safe; everything happens on the context's executor.
 */
public final class FileIdentity implements KeptIdentity {

    private static final Logger LOG = System.getLogger(FileIdentity.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final SpiffeId id;
    private final IdentityFiles files;
    private final AgentContext context;
    private final List<Consumer<WorkloadIdentity>> consumers = new ArrayList<>();

    private volatile @Nullable WorkloadIdentity current;
    private volatile IdentityStatus status = IdentityStatus.NONE;
    private volatile boolean closed;

    /**
     * Reads nothing yet.
     *
     * @param id whose identity it has to be
     */
    public FileIdentity(SpiffeId id, Path directory, AgentContext context) {
        this.id = id;
        this.files = new IdentityFiles(directory);
        this.context = context;
    }

    @Override
    public void start(Consumer<WorkloadIdentity> consumer) {
        context.executor().execute(() -> {
            consumers.add(consumer);
            WorkloadIdentity known = current;
            if (known != null) {
                consumer.accept(known);
            } else if (consumers.size() == 1) {
                look();
            }
        });
    }

    @Override
    public Optional<WorkloadIdentity> usable() {
        WorkloadIdentity known = current;
        return known != null && context.clock().now().isBefore(known.notAfter())
                ? Optional.of(known)
                : Optional.empty();
    }

    @Override
    public IdentityStatus status() {
        return status;
    }

    @Override
    public void close() {
        closed = true;
        context.executor().execute(consumers::clear);
    }

    private void look() {
        if (closed) {
            return;
        }
        try {
            files.read(context.clock().now()).ifPresent(this::accept);
        } catch (IOException | GeneralSecurityException e) {
            failed(e.toString());
        }
        var unused = context.executor().schedule(this::look, EVERY.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void accept(WorkloadIdentity identity) {
        if (!identity.id().equals(id)) {
            failed("the certificate is of " + identity.id() + ", not of " + id);
            return;
        }
        current = identity;
        status = new IdentityStatus(Optional.of(identity.notAfter()), Optional.empty(), 0, Optional.empty());
        LOG.log(Level.INFO, "Identity in use: id={0} until={1}", identity.id(), identity.notAfter());
        List.copyOf(consumers).forEach(consumer -> consumer.accept(identity));
    }

    /** The same trouble again and again is told once. */
    private void failed(String why) {
        if (!status.lastFailure().equals(Optional.of(why))) {
            LOG.log(Level.WARNING, "The identity''s files cannot be used: {0}", why);
        }
        status = status.failed(why);
    }
}
