package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static io.inmesh.client.fixture.Resources.withStatusCodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.route.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long calls wait between attempts, and for a byte of one. */
class RetryWaitsTest {

    @Test
    void backOffIsDrawnFromZeroToAnIntervalThatDoublesUpToTenTimesTheBase() {
        long[] most = new long[6];
        List<Long> sentAt = new ArrayList<>();
        AtomicReference<VirtualTime> time = new AtomicReference<>();
        TestMesh mesh = new TestMesh(resources(retry(6, RetryOn.FIVE_XX)), sent -> {
            sentAt.add(time.get().nanoTime());
            return Answer.status(500);
        });
        time.set(mesh.time);
        for (int run = 0; run < 400; run++) {
            sentAt.clear();
            mesh.get("http://a/");
            for (int i = 0; i < 6; i++) {
                most[i] = Math.max(
                        most[i],
                        Duration.ofNanos(sentAt.get(i + 1) - sentAt.get(i)).toMillis());
            }
        }
        long[] bounds = {25, 50, 100, 200, 250, 250};
        for (int i = 0; i < 6; i++) {
            assertThat(most[i]).as("wait %s", i + 1).isLessThan(bounds[i]).isGreaterThan(bounds[i] * 8 / 10);
        }
    }

    @Test
    void aResponseMaySayHowLongToWait() {
        RetryPolicy.RateLimited limited = new RetryPolicy.RateLimited(
                List.of(
                        new RetryPolicy.ResetHeader("retry-after", false),
                        new RetryPolicy.ResetHeader("x-reset", true)),
                Duration.ofSeconds(60));
        RetryPolicy policy = withBackOff(
                retry(1, RetryOn.FIVE_XX),
                new RetryPolicy.BackOff(Duration.ofMillis(25), Duration.ofMillis(250), limited));

        assertThat(pause(policy, Answer.status(503, "retry-after", "2"))).isBetween(2000L, 2999L);
        assertThat(pause(policy, Answer.status(503, "retry-after", "61")))
                .as("too long is not looked at")
                .isLessThan(25);
        assertThat(pause(policy, Answer.status(503, "retry-after", "tomorrow", "x-reset", "3605")))
                .as("virtual time begins one hour after the epoch")
                .isBetween(5000L, 7499L);
        assertThat(pause(policy, Answer.status(503, "x-reset", "3599"))).isLessThan(25);
        assertThat(pause(policy, Answer.status(503, "retry-after", "0"))).isLessThan(25);
        assertThat(pause(policy, Answer.reset(ResetReason.REMOTE_RESET))).isLessThan(25);
    }

    @Test
    void whatWasTooEarlyIsTriedAgainAtOnceUnlessTheCallerDoesThat() {
        RetryPolicy policy = withBackOff(
                withStatusCodes(retry(1, RetryOn.RETRIABLE_STATUS_CODES), 425),
                new RetryPolicy.BackOff(Duration.ofSeconds(100), Duration.ofSeconds(1000)));

        assertThat(pause(policy, Answer.status(425))).isZero();
        TextRequest early = TextRequest.get("http://a/").header("early-data", "1");
        assertThat(mesh(policy, Answer.status(425)).call(early).attempts()).isEqualTo(1);
    }

    @Test
    void anAttemptWithoutAByteForTooLongIsRetriedAsAReset() {
        RetryPolicy policy = withIdleTimeout(retry(1, RetryOn.RESET), Duration.ofMillis(150));
        List<String> causes = new ArrayList<>();
        MeshListener listener = (reporter, request) ->
                report -> report.ledger().forEach(attempt -> causes.add(attempt.flag() + " " + attempt.cause()));
        TestMesh mesh =
                new TestMesh(resources(policy), sent -> Answer.status(200).after(Duration.ofMillis(400)), listener);
        long start = mesh.time.nanoTime();

        Response response = mesh.get("http://a/");

        assertThat(response.status()).isEqualTo(504);
        assertThat(response.details()).isEqualTo("upstream_per_try_idle_timeout");
        assertThat(response.flags()).containsExactlyInAnyOrder(ResponseFlag.UT, ResponseFlag.URX);
        assertThat(response.attempts()).isEqualTo(2);
        assertThat(causes).containsExactly("UT per try idle timeout", "UT per try idle timeout");
        assertThat(Duration.ofNanos(mesh.time.nanoTime() - start).toMillis()).isBetween(300L, 325L);
    }

    @Test
    void anAttemptsIdlenessCountsInItsResponseTooAndNotBetweenAttempts() {
        RetryPolicy policy = withBackOff(
                withIdleTimeout(retry(1, RetryOn.FIVE_XX), Duration.ofMillis(150)),
                new RetryPolicy.BackOff(Duration.ofSeconds(100), Duration.ofSeconds(100)));
        List<String> details = new ArrayList<>();
        MeshListener listener = (reporter, request) -> new CallListener() {
            @Override
            public void callEnded(CallReport report) {
                details.add(report.details());
            }
        };
        TestMesh mesh =
                new TestMesh(resources(policy), sent -> Answer.status(sent.attempt() == 1 ? 500 : 200), listener);

        Response response = mesh.open(TextRequest.get("http://a/"));
        assertThat(response.status()).isEqualTo(200);
        mesh.time.advance(Duration.ofMillis(149));
        assertThat(details).isEmpty();
        mesh.time.advance(Duration.ofMillis(1));
        assertThat(details).containsExactly("upstream_per_try_idle_timeout");
    }

    private static long pause(RetryPolicy policy, Answer first) {
        List<Long> sentAt = new ArrayList<>();
        AtomicReference<VirtualTime> time = new AtomicReference<>();
        TestMesh mesh = new TestMesh(resources(policy), sent -> {
            sentAt.add(time.get().nanoTime());
            return sent.attempt() == 1 ? first : Answer.status(200);
        });
        time.set(mesh.time);
        mesh.get("http://a/");
        return Duration.ofNanos(sentAt.get(1) - sentAt.get(0)).toMillis();
    }

    private static RetryPolicy withBackOff(RetryPolicy policy, RetryPolicy.BackOff backOff) {
        return changed(policy, policy.perTryIdleTimeout(), backOff);
    }

    private static RetryPolicy withIdleTimeout(RetryPolicy policy, Duration timeout) {
        return changed(policy, timeout, policy.backOff());
    }

    private static RetryPolicy changed(
            RetryPolicy policy, @Nullable Duration idleTimeout, RetryPolicy.BackOff backOff) {
        return new RetryPolicy(
                policy.retryOn(),
                List.of(),
                policy.numRetries(),
                policy.perTryTimeout(),
                idleTimeout,
                backOff,
                policy.hostSelection(),
                policy.retriableStatusCodes(),
                List.of(),
                List.of());
    }

    private static TestMesh mesh(RetryPolicy policy, Answer answer) {
        return new TestMesh(resources(policy), sent -> answer);
    }

    private static Resources resources(RetryPolicy policy) {
        return new Resources().routes(route("/", to("one", null, policy))).cluster("one", "10.0.0.1:80", "10.0.0.2:80");
    }
}
