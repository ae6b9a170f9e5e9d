package io.inmesh.client.adapter.resilience4j;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyField;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.resilience.CallGuard;
import io.inmesh.client.resilience.CallGuards;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Guards made of resilience4j's breakers, bulkheads and rate limiters, by the policy's name, in registries of their own: for events and
 * for metrics. Thread-safe.
 *
 * @see <a href="https://resilience4j.readme.io/docs">resilience4j</a>
 */
public final class Resilience4jGuards implements CallGuards {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final RateLimiterRegistry limiters = RateLimiterRegistry.ofDefaults();
    private final MeshClock clock;
    private final Clock time;

    public Resilience4jGuards(MeshClock clock) {
        this.clock = clock;
        this.time = new GuardClock(clock);
    }

    @Override
    public @Nullable CallGuard of(CallPolicy policy) {
        CircuitBreaker breaker = policy.has("circuitBreaker") ? breaker(policy) : null;
        Bulkhead bulkhead = policy.number(PolicyField.BULKHEAD).isPresent() ? bulkhead(policy) : null;
        RateLimiter limiter = policy.has("rateLimit") ? limiter(policy) : null;
        return breaker == null && bulkhead == null && limiter == null
                ? null
                : new Resilience4jGuard(breaker, limiter, bulkhead);
    }

    /** For events and metrics. */
    public CircuitBreakerRegistry circuitBreakers() {
        return breakers;
    }

    /** For events and metrics. */
    public BulkheadRegistry bulkheads() {
        return bulkheads;
    }

    /** For events and metrics. */
    public RateLimiterRegistry rateLimiters() {
        return limiters;
    }

    private CircuitBreaker breaker(CallPolicy policy) {
        try {
            return breakers.circuitBreaker(policy.name(), breakerConfig(policy));
        } catch (IllegalArgumentException e) {
            throw new MeshConfigurationException("The circuit breaker of " + policy.name() + ": " + e.getMessage(), e);
        }
    }

    private CircuitBreakerConfig breakerConfig(CallPolicy policy) {
        CircuitBreakerConfig.Builder config = CircuitBreakerConfig.custom()
                .clock(time)
                .currentTimestampFunction(source -> clock.nanoTime(), TimeUnit.NANOSECONDS)
                .writableStackTraceEnabled(false);
        number(policy, PolicyField.FAILURE_RATE, rate -> config.failureRateThreshold((float) rate));
        number(policy, PolicyField.SLIDING_WINDOW, size -> config.slidingWindowSize((int) size));
        number(policy, PolicyField.MINIMUM_CALLS, calls -> config.minimumNumberOfCalls((int) calls));
        number(policy, PolicyField.HALF_OPEN_CALLS, calls -> config.permittedNumberOfCallsInHalfOpenState((int) calls));
        policy.duration(PolicyField.OPEN_FOR).ifPresent(config::waitDurationInOpenState);
        return config.build();
    }

    private static void number(CallPolicy policy, PolicyField field, LongConsumer setter) {
        policy.number(field).ifPresent(setter);
    }

    private Bulkhead bulkhead(CallPolicy policy) {
        int calls = (int) policy.number(PolicyField.BULKHEAD).orElseThrow();
        return bulkheads.bulkhead(
                policy.name(),
                BulkheadConfig.custom()
                        .maxConcurrentCalls(calls)
                        .maxWaitDuration(Duration.ZERO)
                        .writableStackTraceEnabled(false)
                        .build());
    }

    private RateLimiter limiter(CallPolicy policy) {
        try {
            RateLimiterConfig config = RateLimiterConfig.custom()
                    .limitForPeriod((int) policy.number(PolicyField.RATE_PERMITS)
                            .orElseThrow(() -> new IllegalArgumentException("rateLimit.permits is missing")))
                    .limitRefreshPeriod(policy.duration(PolicyField.RATE_PER).orElse(PERIOD))
                    .timeoutDuration(Duration.ZERO)
                    .writableStackTraceEnabled(false)
                    .build();
            return limiters.find(policy.name()).orElseGet(() -> onOurClock(policy.name(), config));
        } catch (IllegalArgumentException e) {
            throw new MeshConfigurationException("The rate limiter of " + policy.name() + ": " + e.getMessage(), e);
        }
    }

    // The registry makes limiters that read the machine's clock, and replaces only what it knows.
    private RateLimiter onOurClock(String name, RateLimiterConfig config) {
        RateLimiter limiter = new AtomicRateLimiter(name, config, clock::nanoTime);
        limiters.rateLimiter(name, config);
        limiters.replace(name, limiter);
        return limiter;
    }
}
