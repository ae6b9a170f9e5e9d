package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static io.inmesh.client.fixture.Resources.withPerTryTimeout;
import static io.inmesh.client.fixture.Resources.withStatusCodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.cluster.CircuitBreakers.Thresholds;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.route.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Envoy's retry conditions and limits; the rows are those measured on Envoy 1.40. */
class RetryTest {

    @ParameterizedTest
    @CsvSource({
        "FIVE_XX, 500, true",
        "FIVE_XX, 599, true",
        "FIVE_XX, 404, false",
        "GATEWAY_ERROR, 502, true",
        "GATEWAY_ERROR, 504, true",
        "GATEWAY_ERROR, 500, false",
        "GATEWAY_ERROR, 505, false",
        "RETRIABLE_4XX, 409, true",
        "RETRIABLE_4XX, 429, false",
        "RETRIABLE_STATUS_CODES, 418, true",
        "RETRIABLE_STATUS_CODES, 503, false",
        "RESET, 503, false",
        "CONNECT_FAILURE, 503, false"
    })
    void aStatusIsRetriedIfTheConditionCoversIt(RetryOn condition, int status, boolean retried) {
        RetryPolicy policy = withStatusCodes(retry(1, condition), 404, 418);
        assertThat(attempts(policy, Answer.status(status))).isEqualTo(retried ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "FIVE_XX, CONNECTION_TERMINATION, true",
        "GATEWAY_ERROR, REMOTE_RESET, true",
        "RESET, CONNECTION_TERMINATION, true",
        "RESET, REMOTE_CONNECTION_FAILURE, true",
        "CONNECT_FAILURE, REMOTE_CONNECTION_FAILURE, true",
        "CONNECT_FAILURE, CONNECTION_TIMEOUT, true",
        "CONNECT_FAILURE, LOCAL_CONNECTION_FAILURE, true",
        "CONNECT_FAILURE, REMOTE_RESET, false",
        "REFUSED_STREAM, REMOTE_REFUSED_STREAM_RESET, true",
        "REFUSED_STREAM, REMOTE_RESET, false",
        "RESET_BEFORE_REQUEST, REMOTE_CONNECTION_FAILURE, true",
        "RESET_BEFORE_REQUEST, REMOTE_RESET, false",
        "RETRIABLE_STATUS_CODES, REMOTE_RESET, false"
    })
    void aResetIsRetriedIfTheConditionCoversIt(RetryOn condition, ResetReason reason, boolean retried) {
        assertThat(attempts(withStatusCodes(retry(1, condition), 503), Answer.reset(reason)))
                .isEqualTo(retried ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, 14, true",
        "CANCELLED, 1, true",
        "UNAVAILABLE, 13, false",
        "INTERNAL, 13, true",
        "DEADLINE_EXCEEDED, 4, true",
        "RESOURCE_EXHAUSTED, 8, true"
    })
    void aGrpcStatusOfTheHeadIsRetriedIfTheConditionCoversIt(RetryOn condition, String status, boolean retried) {
        assertThat(attempts(retry(1, condition), Answer.status(200, "grpc-status", status)))
                .isEqualTo(retried ? 2 : 1);
    }

    @Test
    void aRateLimitedAnswerIsRetriedOnlyIfThatIsAskedFor() {
        Answer limited = Answer.status(503, "x-envoy-ratelimited", "true");
        assertThat(attempts(retry(1, RetryOn.FIVE_XX), limited)).isEqualTo(1);
        assertThat(attempts(retry(1, RetryOn.ENVOY_RATELIMITED), limited)).isEqualTo(2);
    }

    @Test
    void retriesGoToHostsThatWereNotTried() {
        for (int run = 0; run < 50; run++) {
            TestMesh mesh = new TestMesh(
                    new Resources()
                            .routes(route("/", to("three", null, manyDraws(retry(2, RetryOn.FIVE_XX)))))
                            .cluster("three", "10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"),
                    sent -> Answer.status(sent.attempt() < 3 ? 500 : 200));
            Response response = mesh.get("http://a/");
            assertThat(response.status()).isEqualTo(200);
            assertThat(mesh.addresses()).doesNotHaveDuplicates().hasSize(3);
            assertThat(response.headers()).containsEntry("x-envoy-attempt-count", "3");
            assertThat(mesh.sent())
                    .extracting(sent -> sent.headers().get("x-envoy-attempt-count"))
                    .containsExactly("1", "2", "3");
        }
    }

    @Test
    void whereEveryHostWasTriedOneIsTriedAgain() {
        assertThat(attempts(retry(3, RetryOn.FIVE_XX), Answer.status(500))).isEqualTo(4);
    }

    @Test
    void theLastAnswerIsGivenWithTheFlagOfTheLimit() {
        Response response = mesh(retry(1, RetryOn.FIVE_XX), Answer.status(500)).get("http://a/");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.flags()).containsExactly(ResponseFlag.URX);
    }

    @Test
    void anAnswerThatIsNotRetriedHasNoFlag() {
        assertThat(mesh(retry(1, RetryOn.GATEWAY_ERROR), Answer.status(500))
                        .get("http://a/")
                        .flags())
                .isEmpty();
    }

    @Test
    void answersThatAreNotDeliveredAreThrownAway() {
        TestMesh mesh = mesh(retry(2, RetryOn.FIVE_XX), Answer.status(500));
        mesh.get("http://a/");
        assertThat(mesh.transport.discarded).isEqualTo(2);
    }

    @Test
    void theClustersThresholdOfRetriesEndsThemWithOverflow() {
        TestMesh mesh = new TestMesh(
                resources(retry(2, RetryOn.FIVE_XX))
                        .cluster(Resources.with(
                                Resources.defaultCluster("one"),
                                old -> new Thresholds(old.maxConnections(), 1024, 1024, 0, null))),
                sent -> Answer.status(500));
        Response response = mesh.get("http://a/");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.flags()).containsExactly(ResponseFlag.UO);
        assertThat(response.attempts()).isEqualTo(1);
    }

    @Test
    void aRetryGivesItsPlaceBack() {
        TestMesh mesh = new TestMesh(
                resources(retry(5, RetryOn.FIVE_XX)), sent -> Answer.status(sent.attempt() < 4 ? 500 : 200));
        for (int i = 0; i < 20; i++) {
            assertThat(mesh.get("http://a/").status()).isEqualTo(200);
        }
        assertThat(mesh.registry.cluster("one").activeRetries().get()).isZero();
        assertThat(mesh.registry.cluster("one").activeRequests().get()).isZero();
        assertThat(mesh.registry.cluster("one").pendingRequests().get()).isZero();
        assertThat(mesh.registry.cluster("one").connections().get()).isZero();
    }

    @Test
    void anAttemptsTimeoutIsRetriedAsAReset() {
        for (RetryOn condition : List.of(RetryOn.FIVE_XX, RetryOn.GATEWAY_ERROR, RetryOn.RESET)) {
            TestMesh mesh = new TestMesh(
                    resources(withPerTryTimeout(retry(1, condition), Duration.ofMillis(150))),
                    sent -> Answer.status(200).after(Duration.ofMillis(sent.attempt() == 1 ? 400 : 1)));
            assertThat(mesh.get("http://a/").status()).as("%s", condition).isEqualTo(200);
            assertThat(mesh.sent()).hasSize(2);
        }
    }

    @Test
    void theLastAttemptsTimeoutIs504WithBothFlags() {
        RetryPolicy policy = withPerTryTimeout(retry(1, RetryOn.GATEWAY_ERROR), Duration.ofMillis(150));
        Response response =
                mesh(policy, Answer.status(200).after(Duration.ofMillis(400))).get("http://a/");
        assertThat(response.status()).isEqualTo(504);
        assertThat(response.flags()).containsExactlyInAnyOrder(ResponseFlag.UT, ResponseFlag.URX);
    }

    @Test
    void theRoutesTimeoutCoversAttemptsAndTheWaitsBetweenThem() {
        RetryPolicy policy = new RetryPolicy(
                retry(5, RetryOn.FIVE_XX).retryOn(),
                List.of(),
                1000,
                null,
                null,
                new RetryPolicy.BackOff(Duration.ofSeconds(4), Duration.ofSeconds(40)),
                RetryPolicy.HostSelection.DEFAULT,
                Set.of(),
                List.of(),
                List.of());
        TestMesh mesh = new TestMesh(
                new Resources()
                        .routes(route("/", to("one", Duration.ofMillis(200), policy)))
                        .cluster("one", "10.0.0.1:80"),
                sent -> Answer.status(500));
        long start = mesh.time.nanoTime();
        Response response = mesh.get("http://a/");
        assertThat(response.status()).isEqualTo(504);
        assertThat(response.flags()).containsExactly(ResponseFlag.UT);
        assertThat(Duration.ofNanos(mesh.time.nanoTime() - start)).isEqualTo(Duration.ofMillis(200));
        assertThat(mesh.registry.cluster("one").activeRetries().get()).isZero();
    }

    @Test
    void upstreamsAreToldHowLongTheyHave() {
        RetryPolicy policy = withPerTryTimeout(retry(1, RetryOn.FIVE_XX), Duration.ofMillis(300));
        TestMesh mesh = new TestMesh(
                new Resources()
                        .routes(route("/", to("one", Duration.ofMillis(400), policy)))
                        .cluster("one", "10.0.0.1:80"),
                sent -> sent.attempt() == 1 ? Answer.status(500).after(Duration.ofMillis(200)) : Answer.status(200));
        assertThat(mesh.get("http://a/").status()).isEqualTo(200);
        assertThat(mesh.sent().get(0).headers()).containsEntry("x-envoy-expected-rq-timeout-ms", "300");
        assertThat(Integer.parseInt(mesh.sent().get(1).headers().get("x-envoy-expected-rq-timeout-ms")))
                .isBetween(176, 200);
    }

    @Test
    void onlyRequestsWithOneOfTheRetriableHeadersAreRepeated() {
        RetryPolicy base = retry(1, RetryOn.FIVE_XX);
        RetryPolicy policy = new RetryPolicy(
                base.retryOn(),
                List.of(),
                1,
                null,
                null,
                base.backOff(),
                base.hostSelection(),
                Set.of(),
                List.of(),
                List.of(new HeaderMatch(
                        ":method",
                        new HeaderMatch.Condition.Value(new StringMatch.Exact("GET", false)),
                        false,
                        false)));
        assertThat(attempts(policy, Answer.status(500))).isEqualTo(2);
        TestMesh mesh = mesh(policy, Answer.status(500));
        assertThat(mesh.call(TextRequest.of("POST", "http://a/")).attempts()).isEqualTo(1);
    }

    private static RetryPolicy manyDraws(RetryPolicy policy) {
        return new RetryPolicy(
                policy.retryOn(),
                List.of(),
                policy.numRetries(),
                null,
                null,
                policy.backOff(),
                new RetryPolicy.HostSelection(100, true, 0),
                Set.of(),
                List.of(),
                List.of());
    }

    private static int attempts(RetryPolicy policy, Answer answer) {
        return mesh(policy, answer).get("http://a/").attempts();
    }

    private static TestMesh mesh(RetryPolicy policy, Answer answer) {
        return new TestMesh(resources(policy), sent -> answer);
    }

    private static Resources resources(RetryPolicy policy) {
        return new Resources().routes(route("/", to("one", null, policy))).cluster("one", "10.0.0.1:80", "10.0.0.2:80");
    }
}
