package io.inmesh.api.spi;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Until when whoever called this process wants its answer, as the code that runs for that call finds it: calls that go out meanwhile, and
 * their retries, end by then. It belongs to a thread; work that goes on in another takes it along with {@link #carrying(Runnable)} and the
 * like, or by Micrometer's context propagation, which Reactor and Spring use. Immutable.
 *
 * @param atNanos of {@link MeshClock#nanoTime()}
 */
public record Deadline(long atNanos) {

    // Not inheritable: a pool's thread that was born during one call would keep its deadline for all others.
    private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

    /** The current thread's; null if nobody waits. */
    public static @Nullable Deadline current() {
        return CURRENT.get();
    }

    /**
     * Makes this the current thread's until the scope is closed; a caller's earlier one stays.
     *
     * @return to be closed by the same thread
     */
    public Scope enter() {
        Deadline before = CURRENT.get();
        return with(before != null && before.atNanos - atNanos < 0 ? before : this);
    }

    /** Makes a deadline, or that there is none, the current thread's until the scope is closed. */
    public static Scope with(@Nullable Deadline deadline) {
        Deadline before = CURRENT.get();
        become(deadline);
        return () -> become(before);
    }

    /** For those who carry contexts and restore what was before by themselves; others use a scope. */
    public static void become(@Nullable Deadline deadline) {
        if (deadline == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(deadline);
        }
    }

    /** The task with the current thread's deadline, whichever thread runs it. */
    public static Runnable carrying(Runnable task) {
        Deadline carried = CURRENT.get();
        return () -> {
            Scope scope = with(carried);
            try {
                task.run();
            } finally {
                scope.close();
            }
        };
    }

    /** Like {@link #carrying(Runnable)}. */
    public static <V> Callable<V> carrying(Callable<V> task) {
        Deadline carried = CURRENT.get();
        return () -> {
            Scope scope = with(carried);
            try {
                return task.call();
            } finally {
                scope.close();
            }
        };
    }

    /** An executor whose tasks have the deadline of whoever hands them over; for {@code CompletableFuture} and pools. */
    public static Executor carrying(Executor executor) {
        return task -> executor.execute(carrying(task));
    }

    /** For as long as it is open, a thread has a deadline. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
