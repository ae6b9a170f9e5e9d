package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.Deadline;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.pipeline.BareTransport.Sent;
import io.inmesh.xds.model.route.RetryOn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class DeadlineTest {

    private static final BeyondEnvoy ON = new BeyondEnvoy(false, true);

    @Test
    void aCallThatGoesOutEndsWhenItsCallerStopsWaiting() {
        TestMesh mesh =
                mesh(ON, Duration.ofSeconds(10), sent -> Answer.status(200).after(Duration.ofSeconds(5)));
        long before = mesh.time.nanoTime();
        Response response = within(mesh, 300);
        assertThat(response.status()).isEqualTo(504);
        assertThat(response.flags()).containsExactly(ResponseFlag.UT);
        assertThat(mesh.time.nanoTime() - before).isEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(mesh.sent().get(0).headers()).containsEntry("x-envoy-expected-rq-timeout-ms", "300");
    }

    @Test
    void retriesEndByThenToo() {
        TestMesh mesh = mesh(ON, null, sent -> Answer.status(503).after(Duration.ofMillis(100)));
        long before = mesh.time.nanoTime();
        assertThat(within(mesh, 350).status()).isEqualTo(504);
        assertThat(mesh.time.nanoTime() - before).isEqualTo(TimeUnit.MILLISECONDS.toNanos(350));
        assertThat(mesh.sent()).hasSizeBetween(3, 4);
    }

    @Test
    void aRoutesOwnTimeoutHoldsIfItIsShorter() {
        TestMesh mesh =
                mesh(ON, Duration.ofMillis(200), sent -> Answer.status(200).after(Duration.ofSeconds(5)));
        long before = mesh.time.nanoTime();
        assertThat(within(mesh, 900).status()).isEqualTo(504);
        assertThat(mesh.time.nanoTime() - before).isEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(mesh.sent().get(0).headers()).containsEntry("x-envoy-expected-rq-timeout-ms", "200");
    }

    @Test
    void switchedOffNobodysTimeIsLookedAt() {
        TestMesh mesh = mesh(BeyondEnvoy.NOTHING, Duration.ofSeconds(10), sent -> Answer.status(200)
                .after(Duration.ofSeconds(5)));
        assertThat(within(mesh, 300).status()).isEqualTo(200);
    }

    @Test
    void aNestedDeadlineIsNeverLaterThanTheOneAroundIt() {
        try (Deadline.Scope outer = new Deadline(100).enter()) {
            try (Deadline.Scope inner = new Deadline(200).enter()) {
                assertThat(Deadline.current()).isEqualTo(new Deadline(100));
            }
            try (Deadline.Scope inner = new Deadline(50).enter()) {
                assertThat(Deadline.current()).isEqualTo(new Deadline(50));
            }
            assertThat(Deadline.current()).isEqualTo(new Deadline(100));
        }
        assertThat(Deadline.current()).isNull();
    }

    @Test
    void itGoesAlongToOtherThreadsAndDoesNotStayThere() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Deadline deadline = new Deadline(7);
        try (Deadline.Scope scope = deadline.enter()) {
            assertThat(pool.submit(Deadline.carrying(Deadline::current)).get()).isEqualTo(deadline);
            assertThat(CompletableFuture.supplyAsync(Deadline::current, Deadline.carrying(pool))
                            .get())
                    .isEqualTo(deadline);
            assertThat(pool.submit(Deadline::current).get()).isNull();
        }
        pool.shutdown();
    }

    @Test
    void reactorTakesItAlong() {
        Hooks.enableAutomaticContextPropagation();
        Deadline deadline = new Deadline(7);
        try (Deadline.Scope scope = deadline.enter()) {
            assertThat(Mono.fromCallable(Deadline::current)
                            .subscribeOn(Schedulers.boundedElastic())
                            .block(Duration.ofSeconds(10)))
                    .isEqualTo(deadline);
        } finally {
            Hooks.disableAutomaticContextPropagation();
        }
    }

    private static Response within(TestMesh mesh, long millis) {
        try (Deadline.Scope scope =
                new Deadline(mesh.time.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)).enter()) {
            return mesh.get("http://a/");
        }
    }

    private static TestMesh mesh(BeyondEnvoy beyond, @Nullable Duration timeout, Function<Sent, Answer> upstream) {
        return new TestMesh(
                new Resources()
                        .routes(route("/", to("one", timeout, retry(9, RetryOn.FIVE_XX))))
                        .cluster("one", "10.0.0.1:80"),
                upstream,
                null,
                beyond);
    }
}
