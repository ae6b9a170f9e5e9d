package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.Retries;
import io.inmesh.control.config.TrafficPolicy.RetryBudget;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Protocol;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Percents.Percent;
import io.inmesh.xds.envoy.Resilience;
import io.inmesh.xds.envoy.RetryPolicies.PreviousPrioritiesConfig;
import io.inmesh.xds.envoy.RetryPolicies.RetryBackOff;
import io.inmesh.xds.envoy.RetryPolicies.RetryHostPredicate;
import io.inmesh.xds.envoy.RetryPolicies.RetryPolicy;
import io.inmesh.xds.envoy.RetryPolicies.RetryPriority;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** As istiod writes them: pilot/pkg/networking/core/route/retry and applyRetryBudget. */
class RetryTranslationTest {

    @Test
    void whatNobodyWroteIsIstiosDefault() {
        Message policy = RetryTranslation.of(Optional.empty(), false).orElseThrow();

        assertThat(policy.get(RetryPolicy.NUM_RETRIES)).isEqualTo(2);
        assertThat(policy.get(RetryPolicy.RETRY_ON))
                .isEqualTo("connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes");
        assertThat(policy.get(RetryPolicy.HOST_SELECTION_RETRY_MAX_ATTEMPTS)).isEqualTo(5);
        assertThat(policy.get(RetryPolicy.RETRY_HOST_PREDICATE))
                .singleElement()
                .extracting(predicate -> predicate.get(RetryHostPredicate.NAME))
                .isEqualTo("envoy.retry_host_predicates.previous_hosts");
        assertThat(policy.has(RetryPolicy.RETRY_PRIORITY)).isFalse();
        assertThat(policy.has(RetryPolicy.RETRY_BACK_OFF)).isFalse();
    }

    @Test
    void numbersAreStatusesWhereHttpHasWordsForThem() {
        Message policy = RetryTranslation.of(Optional.of(retries("503, 520,reset,425")), false)
                .orElseThrow();

        assertThat(policy.get(RetryPolicy.RETRIABLE_STATUS_CODES)).containsExactly(503L, 425L);
        assertThat(policy.get(RetryPolicy.RETRY_ON)).isEqualTo("520,reset,retriable-status-codes");
    }

    @Test
    void otherLocalitiesAreOtherPriorities() throws MalformedMessageException {
        Message policy = RetryTranslation.of(Optional.of(retries("5xx")), false).orElseThrow();

        Message priority = policy.get(RetryPolicy.RETRY_PRIORITY);
        assertThat(priority.get(RetryPriority.NAME)).isEqualTo("envoy.retry_priorities.previous_priorities");
        assertThat(Any.unpack(priority.get(RetryPriority.TYPED_CONFIG), PreviousPrioritiesConfig.TYPE)
                        .get(PreviousPrioritiesConfig.UPDATE_FREQUENCY))
                .isEqualTo(2);
        assertThat(policy.get(RetryPolicy.RETRY_BACK_OFF).get(RetryBackOff.BASE_INTERVAL))
                .isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void theSameHostIsRightWhereAHashChoseItOrSomebodySaysSo() {
        assertThat(RetryTranslation.of(Optional.empty(), true).orElseThrow().has(RetryPolicy.RETRY_HOST_PREDICATE))
                .isFalse();
        Retries saysSo = new Retries(
                OptionalInt.of(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(false));
        assertThat(RetryTranslation.of(Optional.of(saysSo), false).orElseThrow().has(RetryPolicy.RETRY_HOST_PREDICATE))
                .isFalse();
    }

    @Test
    void aBudgetMayLookBack() {
        Message budget = budget(new RetryBudget(30, 7, Optional.of(Duration.ofSeconds(10))));

        assertThat(budget.get(Resilience.RetryBudget.BUDGET_PERCENT).get(Percent.VALUE))
                .isEqualTo(30);
        assertThat(budget.get(Resilience.RetryBudget.MIN_RETRY_CONCURRENCY)).isEqualTo(7);
        assertThat(budget.get(Resilience.RetryBudget.BUDGET_INTERVAL)).isEqualTo(Duration.ofSeconds(10));
        assertThat(budget(new RetryBudget(30, 7, Optional.empty())).has(Resilience.RetryBudget.BUDGET_INTERVAL))
                .isFalse();
    }

    private static Message budget(RetryBudget budget) {
        Message cluster = ConnectionPoolTranslation.on(
                Message.of(Cluster.TYPE),
                Optional.empty(),
                Optional.of(budget),
                Protocol.HTTP,
                MeshSettings.DEFAULT.calls());
        return cluster.get(Cluster.CIRCUIT_BREAKERS)
                .get(Resilience.CircuitBreakers.THRESHOLDS)
                .get(0)
                .get(Resilience.Thresholds.RETRY_BUDGET);
    }

    private static Retries retries(String on) {
        return new Retries(
                OptionalInt.of(1),
                Optional.empty(),
                Optional.of(on),
                Optional.of(Duration.ofMillis(40)),
                Optional.of(true),
                Optional.empty());
    }
}
