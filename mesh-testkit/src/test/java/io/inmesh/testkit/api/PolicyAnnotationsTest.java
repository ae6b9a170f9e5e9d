package io.inmesh.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.annotation.MeshBulkhead;
import io.inmesh.api.annotation.MeshCircuitBreaker;
import io.inmesh.api.annotation.MeshConnectionPool;
import io.inmesh.api.annotation.MeshFallback;
import io.inmesh.api.annotation.MeshFault;
import io.inmesh.api.annotation.MeshOutlierDetection;
import io.inmesh.api.annotation.MeshRateLimit;
import io.inmesh.api.annotation.MeshRetry;
import io.inmesh.api.annotation.MeshRoute;
import io.inmesh.api.annotation.MeshTimeout;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyAnnotations;
import io.inmesh.api.policy.PolicyField;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyAnnotationsTest {

    @MeshTimeout("3s")
    @MeshRetry(retryOn = {"5xx", "reset"})
    interface Reviews {

        @MeshTimeout("1.5s")
        void byId();

        @MeshRoute(
                subset = "v2",
                headers = {"X-Tier: gold", "x-empty:"})
        void all();
    }

    @MeshTimeout("1s")
    @MeshRetry(attempts = 1, perTryTimeout = "500ms", retryOn = "5xx", backoff = "25ms")
    @MeshRoute(host = "reviews", subset = "v1", headers = "a: b")
    @MeshFault(delay = "2s", abortStatus = 503)
    @MeshConnectionPool(maxConnections = 1, http1MaxPendingRequests = 2, http2MaxRequests = 3, maxRetries = 4)
    @MeshOutlierDetection(
            consecutiveGatewayErrors = 2,
            interval = "1s",
            baseEjectionTime = "5s",
            maxEjectionPercent = 50)
    @MeshCircuitBreaker(
            slidingWindowSize = 4,
            minimumNumberOfCalls = 2,
            waitDurationInOpenState = "1s",
            permittedNumberOfCallsInHalfOpenState = 1)
    @MeshBulkhead(maxConcurrentCalls = 2)
    @MeshRateLimit(permits = 10)
    @MeshFallback(body = "[]")
    interface Everything {}

    @Test
    void aMethodsAnnotationComesBeforeItsTypesFieldByField() throws Exception {
        CallPolicy policy = PolicyAnnotations.of(Reviews.class, Reviews.class.getDeclaredMethod("byId"));

        assertThat(policy.duration(PolicyField.TIMEOUT)).contains(Duration.ofMillis(1500));
        assertThat(policy.list(PolicyField.RETRY_ON)).containsExactly("5xx", "reset");
        assertThat(policy.number(PolicyField.RETRY_ATTEMPTS)).hasValue(2);
        CallPolicy.Setting timeout = policy.setting(PolicyField.TIMEOUT).orElseThrow();
        assertThat(timeout.source()).isEqualTo("@MeshTimeout on " + Reviews.class.getName() + ".byId");
        assertThat(timeout.overridden())
                .singleElement()
                .hasToString("timeout=PT3S (@MeshTimeout on " + Reviews.class.getName() + ")");
    }

    @Test
    void whatAnAnnotationDoesNotSayIsNotSet() throws Exception {
        CallPolicy policy = PolicyAnnotations.of(Reviews.class, Reviews.class.getDeclaredMethod("all"));

        assertThat(policy.setting(PolicyField.ROUTE_HOST)).isEmpty();
        assertThat(policy.text(PolicyField.ROUTE_SUBSET)).contains("v2");
        assertThat(policy.list(PolicyField.ROUTE_HEADERS)).containsExactly("x-tier: gold", "x-empty: ");
        assertThat(policy.setting(PolicyField.RETRY_PER_TRY_TIMEOUT)).isEmpty();
    }

    @Test
    void everyFieldCanBeWrittenAsAnAnnotation() {
        Set<PolicyField> set = PolicyAnnotations.of("everything", Everything.class).settings().stream()
                .map(CallPolicy.Setting::field)
                .collect(Collectors.toSet());

        assertThat(set).containsExactlyInAnyOrderElementsOf(EnumSet.allOf(PolicyField.class));
    }

    @Test
    void fieldsAreFoundAsPropertiesAreWritten() {
        assertThat(PolicyField.of("retries.per-try-timeout")).contains(PolicyField.RETRY_PER_TRY_TIMEOUT);
        assertThat(PolicyField.of("connection-pool.http.http1-max-pending-requests"))
                .contains(PolicyField.MAX_PENDING_REQUESTS);
        assertThat(PolicyField.of("retries.max-attempts")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2s,2000", "500ms,500", "1m30s,90000", "0s,0", "1.5h,5400000"})
    void durationsAreIstios(String written, long millis) {
        CallPolicy policy = CallPolicy.builder("x")
                .set(PolicyField.TIMEOUT, written, "here")
                .build();

        assertThat(policy.duration(PolicyField.TIMEOUT)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "2 s", "s", "-2s", "PT2S", "2s3", "9999999999s"})
    void whatIsNoDurationIsRefusedWithItsPlace(String written) {
        assertThatThrownBy(() -> CallPolicy.builder("x").set(PolicyField.TIMEOUT, written, "@MeshTimeout on Shop"))
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessage(
                        "@MeshTimeout on Shop: timeout: '" + written + "' is no duration such as 2s, 500ms or 1m30s");
    }

    @Test
    void numbersHaveBounds() {
        CallPolicy.Builder policy = CallPolicy.builder("x");

        assertThatThrownBy(() -> policy.set(PolicyField.FAULT_ABORT_STATUS, "99", "here"))
                .hasMessage("here: fault.abort.httpStatus: '99' is no integer from 200 to 599");
        assertThatThrownBy(() -> policy.set(PolicyField.FAULT_ABORT_PERCENT, "101", "here"))
                .hasMessageContaining("0 to 100");
        assertThatThrownBy(() -> policy.set(PolicyField.ROUTE_HEADERS, "a b: c\r\nx", "here"))
                .hasMessageContaining("is no header");
    }
}
