package io.inmesh.client.adapter.resilience4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyField;
import io.inmesh.client.resilience.CallGuard;
import io.inmesh.client.resilience.CallGuard.Ending;
import io.inmesh.client.resilience.CallGuard.Refusal;
import io.inmesh.client.resilience.CallGuards;
import io.inmesh.testkit.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Resilience4jGuardsTest {

    private final FakeClock clock = new FakeClock();
    private final Resilience4jGuards guards = new Resilience4jGuards(clock);

    private static CallPolicy policy(Object... settings) {
        CallPolicy.Builder policy = CallPolicy.builder("shop.Reviews#byId(int)");
        for (int i = 0; i < settings.length; i += 2) {
            policy.set((PolicyField) settings[i], settings[i + 1].toString(), "test");
        }
        return policy.build();
    }

    @Test
    void aPolicyThatAsksForNoneHasNone() {
        assertThat(guards.of(policy(PolicyField.TIMEOUT, "2s"))).isNull();
    }

    @Test
    void withoutALibraryAPolicyThatAsksForOneIsRefused() {
        assertThat(CallGuards.none().of(policy(PolicyField.TIMEOUT, "2s"))).isNull();
        assertThatThrownBy(() -> CallGuards.none().of(policy(PolicyField.BULKHEAD, 1)))
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageContaining("shop.Reviews#byId(int)")
                .hasMessageContaining("resilience4j-all");
    }

    @Nested
    class Breaker {

        private final CallGuard guard = guards.of(policy(
                PolicyField.FAILURE_RATE,
                50,
                PolicyField.SLIDING_WINDOW,
                4,
                PolicyField.MINIMUM_CALLS,
                4,
                PolicyField.OPEN_FOR,
                "10s",
                PolicyField.HALF_OPEN_CALLS,
                1));

        private Refusal call(Ending how) {
            Refusal refusal = guard.enter();
            if (refusal == null) {
                guard.ended(how, 1_000_000);
            }
            return refusal;
        }

        private void open() {
            call(Ending.SUCCEEDED);
            call(Ending.SUCCEEDED);
            call(Ending.FAILED);
            call(Ending.FAILED);
        }

        @Test
        void opensAtItsRateAndNotBefore() {
            call(Ending.FAILED);
            call(Ending.FAILED);
            assertThat(call(Ending.FAILED)).isNull();
            assertThat(call(Ending.FAILED)).isNull();
            assertThat(call(Ending.SUCCEEDED)).isEqualTo(Refusal.CIRCUIT_OPEN);
        }

        @Test
        void triesAgainAfterItsTimeAndClosesOnSuccess() {
            open();
            clock.advance(Duration.ofMillis(9_999));
            assertThat(call(Ending.SUCCEEDED)).isEqualTo(Refusal.CIRCUIT_OPEN);
            clock.advance(Duration.ofMillis(2));
            assertThat(guard.enter()).isNull();
            assertThat(guard.enter()).as("one call tries, no more").isEqualTo(Refusal.CIRCUIT_OPEN);
            guard.ended(Ending.SUCCEEDED, 1);
            assertThat(call(Ending.SUCCEEDED)).isNull();
        }

        @Test
        void opensAgainOnFailure() {
            open();
            clock.advance(Duration.ofSeconds(11));
            assertThat(call(Ending.FAILED)).isNull();
            assertThat(call(Ending.SUCCEEDED)).isEqualTo(Refusal.CIRCUIT_OPEN);
        }

        @Test
        void aCallThatItsCallerGaveUpGivesItsPlaceBack() {
            open();
            clock.advance(Duration.ofSeconds(11));
            assertThat(call(Ending.CANCELLED)).isNull();
            assertThat(guards.circuitBreakers()
                            .circuitBreaker("shop.Reviews#byId(int)")
                            .getState())
                    .isEqualTo(CircuitBreaker.State.HALF_OPEN);
            assertThat(call(Ending.SUCCEEDED)).isNull();
        }
    }

    @Test
    void aBulkheadLetsInAsManyAsItSays() {
        CallGuard guard = guards.of(policy(PolicyField.BULKHEAD, 2));

        assertThat(guard.enter()).isNull();
        assertThat(guard.enter()).isNull();
        assertThat(guard.enter()).isEqualTo(Refusal.BULKHEAD_FULL);
        guard.ended(Ending.FAILED, 1);
        assertThat(guard.enter()).isNull();
    }

    @Test
    void aRateLimiterLetsInAsManyAsItSaysInEachPeriod() {
        CallGuard guard = guards.of(policy(PolicyField.RATE_PERMITS, 2, PolicyField.RATE_PER, "1m"));

        assertThat(guard.enter()).isNull();
        assertThat(guard.enter()).isNull();
        assertThat(guard.enter()).isEqualTo(Refusal.RATE_LIMITED);
        clock.advance(Duration.ofSeconds(61));
        assertThat(guard.enter()).isNull();
        assertThat(guards.rateLimiters().getAllRateLimiters()).singleElement().satisfies(limiter -> assertThat(
                        limiter.getMetrics().getAvailablePermissions())
                .isEqualTo(1));
    }

    @Test
    void aRefusalBehindTheBreakerIsNoCallForIt() {
        CallGuard guard = guards.of(policy(PolicyField.FAILURE_RATE, 50, PolicyField.BULKHEAD, 1));

        assertThat(guard.enter()).isNull();
        assertThat(guard.enter()).isEqualTo(Refusal.BULKHEAD_FULL);
        guard.ended(Ending.SUCCEEDED, 1);

        assertThat(guards.circuitBreakers()
                        .circuitBreaker("shop.Reviews#byId(int)")
                        .getMetrics()
                        .getNumberOfBufferedCalls())
                .isEqualTo(1);
    }

    @Test
    void settingsThatResilience4jRefusesAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> guards.of(policy(PolicyField.FAILURE_RATE, 0)))
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageStartingWith("The circuit breaker of shop.Reviews#byId(int): ");
        assertThatThrownBy(() -> guards.of(policy(PolicyField.RATE_PER, "1s")))
                .hasMessageContaining("rateLimit.permits is missing");
    }
}
