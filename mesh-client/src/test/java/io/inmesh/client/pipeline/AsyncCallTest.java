package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static io.inmesh.client.fixture.Resources.withPerTryTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.Deadline;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.pipeline.BareTransport.Sent;
import io.inmesh.client.resilience.CallGuards;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.route.LocalPolicies;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.route.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The asynchronous driver: the same decisions as the blocking one, and nothing waits. */
class AsyncCallTest {

    private final VirtualTime time = new VirtualTime();
    private final List<Runnable> waiting = new ArrayList<>();

    /** One call and what its caller was told. */
    private static final class Told implements AsyncCall.Caller<Response> {

        private @Nullable Response response;
        private @Nullable Exception failure;

        @Override
        public void answered(Response answer) {
            assertThat(response).as("told once").isNull();
            response = answer;
        }

        @Override
        public void failed(Exception why) {
            assertThat(failure).as("told once").isNull();
            failure = why;
        }

        Response answer() {
            return Objects.requireNonNull(response, "no answer yet");
        }
    }

    /** An engine over a transport of events. */
    private final class Eventful {

        private final SplittableRandom chance = new SplittableRandom(11);
        private final HostRegistry registry = new HostRegistry(time, chance);
        private final SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
        private final OutboundPipeline pipeline = new OutboundPipeline(
                snapshots,
                time,
                chance,
                null,
                "127.0.0.1",
                new LocalPolicies(CallGuards.none(), chance, true),
                new BeyondEnvoy(false, true));
        private final EventfulTransport transport;
        private final AsyncDriver<TextRequest, Response, Response> driver;

        Eventful(Function<Sent, Answer> upstream) {
            transport = new EventfulTransport(time, upstream);
            driver = new AsyncDriver<>(pipeline, transport, time, time, 0, waiting::add);
        }

        Eventful with(Resources resources) {
            Compilation compiled =
                    new OutboundCompiler(registry, chance).compile(resources.build(), Compilation.nothing());
            snapshots.publish(compiled.snapshot());
            return this;
        }

        AsyncCall<TextRequest, Response, Response> start(Told told) {
            TextRequest request = TextRequest.get("http://a/");
            AsyncCall<TextRequest, Response, Response> call = driver.newCall(request, request, told);
            call.start();
            return call;
        }
    }

    private static Resources resources(@Nullable Duration timeout, @Nullable RetryPolicy retry) {
        return new Resources()
                .routes(route("/", to("one", timeout, retry)))
                .cluster("one", "10.0.0.1:80", "10.0.0.2:80");
    }

    private static Answer after(int millis, Answer answer) {
        return answer.after(Duration.ofMillis(millis));
    }

    @Test
    void anAnswerIsDeliveredWhenItComesAndNotBefore() {
        Told told = new Told();
        new Eventful(sent -> after(50, Answer.status(200)))
                .with(resources(null, null))
                .start(told);

        time.advance(Duration.ofMillis(49));
        assertThat(told.response).isNull();
        time.advance(Duration.ofMillis(1));
        assertThat(told.answer().status()).isEqualTo(200);
    }

    @Test
    void theRoutesTimeoutEndsAnAttempt() {
        Told told = new Told();
        Eventful mesh =
                new Eventful(sent -> after(500, Answer.status(200))).with(resources(Duration.ofMillis(100), null));
        mesh.start(told);
        time.advance(Duration.ofMillis(100));

        assertThat(told.answer().status()).isEqualTo(504);
        assertThat(told.answer().flags()).containsExactly(ResponseFlag.UT);
        assertThat(mesh.transport.cancelled).isEqualTo(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(mesh.transport.discarded()).as("what came later never was").isZero();
    }

    @Test
    void anAttemptThatTakesTooLongIsMadeAgain() {
        Told told = new Told();
        RetryPolicy policy = withPerTryTimeout(retry(1, RetryOn.FIVE_XX), Duration.ofMillis(100));
        Eventful mesh = new Eventful(
                        sent -> sent.attempt() == 1 ? after(500, Answer.status(200)) : after(10, Answer.status(201)))
                .with(resources(Duration.ofSeconds(5), policy));
        mesh.start(told);
        time.advance(Duration.ofSeconds(1));

        assertThat(told.answer().status()).isEqualTo(201);
        assertThat(told.answer().attempts()).isEqualTo(2);
    }

    @Test
    void theDeadlineOfTheThreadThatStartedIsTheCalls() {
        Told told = new Told();
        Eventful mesh = new Eventful(sent -> after(500, Answer.status(200))).with(resources(null, null));
        Deadline.Scope scope = Deadline.with(new Deadline(time.nanoTime() + 30_000_000));
        try (scope) {
            mesh.start(told);
        }
        time.advance(Duration.ofMillis(30));

        assertThat(told.answer().status()).isEqualTo(504);
    }

    @Test
    void aCancelledCallTakesItsAttemptWithItAndTellsNothingMore() {
        Told told = new Told();
        Eventful mesh = new Eventful(sent -> after(500, Answer.status(200))).with(resources(null, null));
        AsyncCall<TextRequest, Response, Response> call = mesh.start(told);
        call.cancel();
        time.advance(Duration.ofSeconds(1));

        assertThat(mesh.transport.cancelled).isEqualTo(1);
        assertThat(told.response).isNull();
        assertThat(told.failure).isNull();
        assertThat(call.flags()).containsExactly(ResponseFlag.DC);
        assertThat(call.released()).isTrue();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void aCallThatIsCancelledInAPauseIsOver() {
        Told told = new Told();
        Eventful mesh = new Eventful(sent -> Answer.status(503)).with(resources(null, retry(3, RetryOn.FIVE_XX)));
        AsyncCall<TextRequest, Response, Response> call = mesh.start(told);
        call.cancel();
        time.advance(Duration.ofSeconds(5));

        assertThat(mesh.transport.sent()).hasSize(1);
        assertThat(told.response).isNull();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void aTimerThatExpiresInTheBodyBreaksItOff() {
        Told told = new Told();
        Eventful mesh =
                new Eventful(sent -> after(50, Answer.status(200))).with(resources(Duration.ofMillis(100), null));
        AsyncCall<TextRequest, Response, Response> call = mesh.start(told);
        time.advance(Duration.ofMillis(60));
        assertThat(told.answer().status()).isEqualTo(200);
        time.advance(Duration.ofMillis(40));

        assertThat(mesh.transport.cancelled).isEqualTo(1);
        assertThat(call.flags()).containsExactly(ResponseFlag.UT);
    }

    @Test
    void aCallBeforeTheFirstConfigurationWaitsElsewhere() {
        Told told = new Told();
        Eventful mesh = new Eventful(sent -> Answer.status(200));
        mesh.start(told);
        assertThat(told.response).isNull();
        mesh.with(resources(null, null));
        waiting.forEach(Runnable::run);
        time.advance(Duration.ZERO);

        assertThat(told.answer().status()).isEqualTo(200);
    }

    @Test
    void whatCannotWaitFailsTyped() {
        Told late = new Told();
        Eventful mesh = new Eventful(sent -> Answer.status(200));
        mesh.start(late);
        waiting.forEach(Runnable::run);
        assertThat(late.failure).isInstanceOf(MeshNotReadyException.class);

        Told refused = new Told();
        AsyncDriver<TextRequest, Response, Response> full =
                new AsyncDriver<>(mesh.pipeline, mesh.transport, time, time, 0, task -> {
                    throw new RejectedExecutionException("full");
                });
        TextRequest request = TextRequest.get("http://a/");
        full.newCall(request, request, refused).start();
        assertThat(refused.failure).isInstanceOf(MeshNotReadyException.class);
    }

    /** Upstreams that fail, hang and answer, policies that retry and limit: whatever comes of it, both drivers do the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void bothDriversDecideTheSame(long seed) {
        for (int i = 0; i < 100; i++) {
            SplittableRandom random = new SplittableRandom(seed * 1_000 + i);
            Duration timeout = random.nextBoolean() ? null : Duration.ofMillis(random.nextInt(1, 400));
            RetryPolicy retry = random.nextBoolean() ? null : policy(random);
            List<Answer> script = new ArrayList<>();
            for (int attempt = 0; attempt < 5; attempt++) {
                script.add(answer(random));
            }
            Function<Sent, Answer> upstream = sent -> script.get((sent.attempt() - 1) % script.size());

            TestMesh blocking = new TestMesh(resources(timeout, retry), upstream, null, new BeyondEnvoy(false, true));
            long begin = blocking.time.nanoTime();
            Response expected = blocking.get("http://a/");
            long took = blocking.time.nanoTime() - begin;

            Told told = new Told();
            Eventful mesh = new Eventful(upstream).with(resources(timeout, retry));
            long start = time.nanoTime();
            mesh.start(told);
            time.passUntil(start + Duration.ofMinutes(1).toNanos(), () -> told.response != null);
            Response actual = told.answer();
            actual.read();

            String scenario = "seed " + seed + "/" + i + " timeout=" + timeout + " retry=" + retry + " " + script;
            assertThat(summary(actual)).as(scenario).isEqualTo(summary(expected));
            assertThat(mesh.transport.sent()).as(scenario).isEqualTo(blocking.sent());
            assertThat(time.nanoTime() - start).as(scenario).isEqualTo(took);
            assertThat(mesh.snapshots
                            .current()
                            .cluster("one")
                            .state()
                            .activeRequests()
                            .get())
                    .as(scenario)
                    .isZero();
        }
    }

    private static String summary(Response response) {
        return response.status() + " " + response.body() + " " + response.flags() + " " + response.attempts() + " "
                + response.details() + " " + response.headers().keySet();
    }

    private static RetryPolicy policy(SplittableRandom random) {
        RetryPolicy policy = retry(random.nextInt(0, 4), RetryOn.FIVE_XX, RetryOn.CONNECT_FAILURE, RetryOn.RESET);
        return random.nextBoolean() ? policy : withPerTryTimeout(policy, Duration.ofMillis(random.nextInt(1, 150)));
    }

    private static Answer answer(SplittableRandom random) {
        Answer answer =
                switch (random.nextInt(6)) {
                    case 0 -> Answer.status(503);
                    case 1 -> Answer.status(404);
                    case 2 -> Answer.refused();
                    case 3 -> Answer.reset(ResetReason.CONNECTION_TERMINATION);
                    default -> Answer.status(200);
                };
        return answer.after(Duration.ofMillis(random.nextInt(0, 200)));
    }
}
