package io.inmesh.client.resilience;

import org.jspecify.annotations.Nullable;

/**
 * What an application's own policy holds against its calls before they are routed: a breaker, a limit of how many, a limit of how often.
 * Implementations are thread-safe and do not block.
 */
public interface CallGuard {

    /**
     * Asks for admission. Who gets it reports back once, with {@link #ended}.
     *
     * @return null if the call may go on
     */
    @Nullable
    Refusal enter();

    /** An admitted call is over. */
    void ended(Ending how, long durationNanos);

    /** Why a call may not go on. */
    enum Refusal {
        CIRCUIT_OPEN,
        BULKHEAD_FULL,
        RATE_LIMITED
    }

    /** How an admitted call ended, as its caller sees it. */
    enum Ending {
        SUCCEEDED,
        FAILED,
        /** The caller gave up, which says nothing about the called. */
        CANCELLED
    }
}
