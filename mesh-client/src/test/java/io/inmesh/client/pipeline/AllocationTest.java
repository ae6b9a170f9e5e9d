package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static io.inmesh.client.fixture.Resources.virtualHost;
import static io.inmesh.client.fixture.Resources.withPerTryTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.resilience.TimingWheel;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.FakeScheduler;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.route.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a request costs the collector in the steps that every request takes. */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SplittableRandom chance = new SplittableRandom(1);
    private final TestMesh mesh = new TestMesh(
            new Resources()
                    .listener("0.0.0.0_9080", 9080, "80")
                    .table(
                            "80",
                            virtualHost("other", List.of("other", "*.example.com", "www.*"), route("/", to("one"))),
                            virtualHost("reviews", List.of("reviews"), route("/x", to("one")), route("/", to("one"))))
                    .cluster("one", "10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"),
            sent -> Answer.status(200));

    @Test
    void findingARouteAllocatesNothing() {
        TextRequest exact = TextRequest.get("http://Reviews:9080/item?q=1");
        TextRequest suffix = TextRequest.get("http://a.example.com:9080/item");
        assertThat(bytesPerRun(
                        () -> find(exact).name().length() + find(suffix).name().length()))
                .isLessThan(1);
    }

    @Test
    void pickingAHostAllocatesNothing() {
        UpstreamCluster cluster = mesh.snapshot().cluster("one");
        assertThat(cluster).isNotNull();
        assertThat(bytesPerRun(() -> cluster.balancer().pick(chance).priority()))
                .isLessThan(1);
    }

    @Test
    void aCallWithTimersAndOutlierDetectionIsOneObject() {
        BlockingDriver<TextRequest, MeshResponse> driver = quietDriver();
        TextRequest request = TextRequest.get("http://a/item?q=1");
        assertThat(bytesPerRun(() -> answer(driver, request)))
                .as("the call itself, which is its ledger, its place in the cluster and its timer")
                .isBetween(100.0, 288.0);
    }

    private BlockingDriver<TextRequest, MeshResponse> quietDriver() {
        Duration timeout = Duration.ofSeconds(15);
        RetryPolicy retry = withPerTryTimeout(retry(2, RetryOn.FIVE_XX, RetryOn.RETRIABLE_STATUS_CODES), timeout);
        Cluster cluster = Resources.cluster(
                "one",
                new LbPolicy.LeastRequest(2, 1.0, null),
                CommonLb.DEFAULT,
                CircuitBreakers.DEFAULT,
                OutlierDetection.DEFAULT);
        TestMesh timed = new TestMesh(
                new Resources()
                        .routes(route("/", to("one", timeout.multipliedBy(2), retry)))
                        .cluster(cluster)
                        .endpoints("one", "10.0.0.1:80", "10.0.0.2:80"),
                sent -> Answer.status(200));
        TimingWheel wheel = new TimingWheel(timed.time, new FakeScheduler(new FakeClock()));
        return new BlockingDriver<>(timed.pipeline, new QuietTransport(), wheel, timed.time, timed.time, 0);
    }

    private static int answer(BlockingDriver<TextRequest, MeshResponse> driver, TextRequest request) {
        try {
            return driver.newCall(request, request).execute().status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompiledRoute find(TextRequest request) {
        CompiledRoute found = ChooseRoute.find(mesh.snapshot(), request, 7);
        return Objects.requireNonNull(found);
    }

    /** Of the best of several rounds: the compiler takes a while until it sees that something never leaves a method. */
    private static double bytesPerRun(Work work) {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < 15; round++) {
            int sum = 0;
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                sum += work.run();
            }
            long after = THREADS.getCurrentThreadAllocatedBytes();
            assertThat(sum).isNotNegative();
            least = Math.min(least, (after - before) / 20_000.0);
        }
        return least;
    }

    private interface Work {
        int run();
    }
}
