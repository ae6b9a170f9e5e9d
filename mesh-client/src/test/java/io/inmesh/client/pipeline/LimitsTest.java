package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.resilience.ConnectionLease;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.resilience.TimingWheel;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.cluster.CircuitBreakers.Thresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Circuit breakers with real threads that really wait; counts as measured on Envoy 1.40. */
class LimitsTest {

    private static final long MANY = 4_294_967_295L;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
    private final Random chance = new Random(1);
    private final HostRegistry registry = new HostRegistry(MeshClock.system(), chance);
    private final GatedTransport transport = new GatedTransport();

    @AfterEach
    void stop() {
        callers.shutdownNow();
        timers.shutdownNow();
    }

    @Test
    void requestsBeyondMaxRequestsOverflowAtOnce() throws Exception {
        BlockingDriver<TextRequest, String> driver = driver(new Thresholds(MANY, MANY, 2, MANY, null), null);
        List<Future<String>> calls = List.of(call(driver), call(driver));
        until(() -> cluster().activeRequests().get() == 2);
        for (int i = 0; i < 4; i++) {
            assertThat(call(driver).get(10, TimeUnit.SECONDS)).isEqualTo("503 UO true");
        }
        assertAllAnswered(calls);
        assertThat(cluster().activeRequests().get()).isZero();
    }

    @Test
    void oneConnectionAndOneThatWaits() throws Exception {
        BlockingDriver<TextRequest, String> driver = driver(new Thresholds(1, 1, MANY, MANY, null), null);
        List<Future<String>> calls = new ArrayList<>();
        calls.add(call(driver));
        until(() -> cluster().activeRequests().get() == 1);
        calls.add(call(driver));
        until(() -> cluster().pendingRequests().get() == 1);
        for (int i = 0; i < 3; i++) {
            assertThat(call(driver).get(10, TimeUnit.SECONDS)).isEqualTo("503 UO true");
        }
        assertAllAnswered(calls);
        assertThat(transport.most).isEqualTo(1);
        assertThat(cluster().pendingRequests().get()).isZero();
    }

    @Test
    void theRoutesTimerCoversTheWaitForAConnection() throws Exception {
        BlockingDriver<TextRequest, String> driver =
                driver(new Thresholds(1, 10, MANY, MANY, null), Duration.ofMillis(150));
        Future<String> first = call(driver);
        until(() -> cluster().activeRequests().get() == 1);
        Future<String> second = call(driver);
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("504 UT null");
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("504 UT null");
        assertThat(cluster().pendingRequests().get()).isZero();
        assertThat(cluster().activeRequests().get()).isZero();
    }

    @Test
    void aCallThatWaitsForAConnectionCanBeCancelled() throws Exception {
        BlockingDriver<TextRequest, String> driver = driver(new Thresholds(1, 10, MANY, MANY, null), null);
        Future<String> first = call(driver);
        until(() -> cluster().activeRequests().get() == 1);
        TextRequest request = TextRequest.get("http://a/");
        BlockingCall<TextRequest, String> waiting = driver.newCall(request, request);
        Future<String> second = callers.submit(waiting::execute);
        until(() -> cluster().pendingRequests().get() == 1);
        waiting.cancel();
        assertThat(second).failsWithin(Duration.ofSeconds(10));
        assertThat(cluster().pendingRequests().get()).isZero();
        assertAllAnswered(List.of(first));
    }

    private void assertAllAnswered(List<Future<String>> calls) throws Exception {
        transport.open.countDown();
        for (Future<String> call : calls) {
            assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("200");
        }
    }

    private Future<String> call(BlockingDriver<TextRequest, String> driver) {
        TextRequest request = TextRequest.get("http://a/");
        return callers.submit(() -> driver.newCall(request, request).execute());
    }

    private ClusterState cluster() {
        return registry.cluster("one");
    }

    private BlockingDriver<TextRequest, String> driver(Thresholds thresholds, @Nullable Duration timeout) {
        Resources resources = new Resources()
                .routes(route("/", to("one", timeout, null)))
                .cluster(Resources.with(Resources.defaultCluster("one"), old -> thresholds))
                .endpoints("one", "10.0.0.1:80");
        SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
        snapshots.publish(new OutboundCompiler(registry, chance)
                .compile(resources.build(), Compilation.nothing())
                .snapshot());
        OutboundPipeline pipeline = new OutboundPipeline(snapshots, MeshClock.system(), chance, null);
        return new BlockingDriver<>(
                pipeline, transport, new TimingWheel(MeshClock.system(), timers), Signal::await, MeshClock.system(), 0);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Connections like HTTP/1.1's, kept and reused; no response before the gate opens. */
    private final class GatedTransport implements Transport<TextRequest, String> {

        private final CountDownLatch open = new CountDownLatch(1);
        private final ConcurrentLinkedQueue<ConnectionLease> idle = new ConcurrentLinkedQueue<>();
        private int connections;
        private int most;

        @Override
        public Exchange<String> open(TextRequest request, Attempt attempt) {
            return new GatedExchange(attempt);
        }

        @Override
        public String localReply(TextRequest request, OutboundCall call) {
            String flags = String.join(
                    ",", call.flags().stream().map(ResponseFlag::name).toList());
            HeaderLines headers = new HeaderLines(call.reply().headers());
            String overloaded = headers.has("x-envoy-overloaded") ? "true" : "null";
            return call.reply().status() + " " + flags + " " + overloaded;
        }

        @Override
        public String deliver(String response, OutboundCall call, ResponseEnd end) {
            end.completed();
            return response;
        }

        private synchronized ConnectionLease connection(Attempt attempt) {
            ConnectionLease lease = idle.poll();
            if (lease == null) {
                lease = attempt.connectionOpening();
                most = Math.max(most, ++connections);
            }
            return lease;
        }

        private final class GatedExchange implements Exchange<String> {

            private final Attempt attempt;
            private final CountDownLatch cancelled = new CountDownLatch(1);

            GatedExchange(Attempt attempt) {
                this.attempt = attempt;
            }

            @Override
            public String execute() throws TransportException {
                ConnectionLease lease = connection(attempt);
                if (!attempt.connected()) {
                    idle.add(lease);
                    throw new TransportException(ResetReason.OVERFLOW, "", false, null);
                }
                attempt.requestSent();
                awaitGate();
                idle.add(lease);
                if (cancelled.getCount() == 0) {
                    throw new TransportException(ResetReason.LOCAL_RESET, "", true, null);
                }
                return "200";
            }

            private void awaitGate() {
                try {
                    while (!open.await(5, TimeUnit.MILLISECONDS) && cancelled.getCount() > 0) {
                        assertThat(callers.isShutdown()).isFalse();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public MeshResponse head(String response) {
                return new MeshResponse() {
                    @Override
                    public int status() {
                        return Integer.parseInt(response);
                    }

                    @Override
                    public @Nullable String header(String name) {
                        return null;
                    }

                    @Override
                    public List<String> headerValues(String name) {
                        return List.of();
                    }
                };
            }

            @Override
            public void discard(String response) {}

            @Override
            public void cancel() {
                cancelled.countDown();
            }
        }
    }
}
