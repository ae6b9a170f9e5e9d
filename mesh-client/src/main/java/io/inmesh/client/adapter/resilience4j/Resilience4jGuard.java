package io.inmesh.client.adapter.resilience4j;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.inmesh.client.resilience.CallGuard;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The parts of one policy, asked in resilience4j's own order: breaker, rate limiter, bulkhead. What is null is not asked. */
record Resilience4jGuard(
        @Nullable CircuitBreaker breaker,
        @Nullable RateLimiter limiter,
        @Nullable Bulkhead bulkhead) implements CallGuard {

    @Override
    public @Nullable Refusal enter() {
        if (breaker != null && !breaker.tryAcquirePermission()) {
            return Refusal.CIRCUIT_OPEN;
        }
        Refusal refusal = limits();
        if (refusal != null && breaker != null) {
            breaker.releasePermission();
        }
        return refusal;
    }

    private @Nullable Refusal limits() {
        if (limiter != null && !limiter.acquirePermission()) {
            return Refusal.RATE_LIMITED;
        }
        return bulkhead == null || bulkhead.tryAcquirePermission() ? null : Refusal.BULKHEAD_FULL;
    }

    @Override
    public void ended(Ending how, long durationNanos) {
        if (bulkhead != null) {
            bulkhead.onComplete();
        }
        if (breaker == null) {
            return;
        }
        switch (how) {
            case SUCCEEDED -> breaker.onSuccess(durationNanos, TimeUnit.NANOSECONDS);
            case FAILED -> breaker.onError(durationNanos, TimeUnit.NANOSECONDS, FailedCall.INSTANCE);
            case CANCELLED -> breaker.releasePermission();
        }
    }

    /** resilience4j counts exceptions; ours are responses. */
    private static final class FailedCall extends Exception {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("StaticAssignmentOfThrowable") // without a stack trace one says as much as another
        private static final FailedCall INSTANCE = new FailedCall();

        private FailedCall() {
            super("the call failed", null, false, false);
        }
    }
}
