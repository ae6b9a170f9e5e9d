package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.route.Forward;
import io.inmesh.xds.model.route.HttpFault;
import io.inmesh.xds.model.route.PerFilterConfig;
import io.inmesh.xds.model.route.RetryOn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Faults come before the router; rows as measured on Envoy 1.40. */
class FaultTest {

    private static final FractionalPercent ALWAYS = FractionalPercent.ALWAYS;

    @Test
    void aDelayIsNotCoveredByTheRoutesTimeout() {
        TestMesh mesh = mesh(to("one", Duration.ofMillis(100), null), fault(delay(300, ALWAYS), null));
        long start = mesh.time.nanoTime();
        Response response = mesh.get("http://a/");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.flags()).containsExactly(ResponseFlag.DI);
        assertThat(Duration.ofNanos(mesh.time.nanoTime() - start)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void anAbortAnswersInTheUpstreamsPlaceWithoutRetry() {
        TestMesh mesh = mesh(to("one", null, retry(3, RetryOn.FIVE_XX)), fault(null, abort(503, ALWAYS)));
        Response response = mesh.get("http://a/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("fault filter abort");
        assertThat(response.flags()).containsExactly(ResponseFlag.FI);
        assertThat(response.details()).isEqualTo("fault_filter_abort");
        assertThat(mesh.sent()).isEmpty();
        assertThat(response.attempts()).isZero();
    }

    @Test
    void aDelayAndThenAnAbort() {
        TestMesh mesh = mesh(to("one"), fault(delay(200, ALWAYS), abort(500, ALWAYS)));
        long start = mesh.time.nanoTime();
        Response response = mesh.get("http://a/");
        assertThat(response.flags()).containsExactlyInAnyOrder(ResponseFlag.DI, ResponseFlag.FI);
        assertThat(Duration.ofNanos(mesh.time.nanoTime() - start)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void delayAndAbortAreDrawnEachForItself() {
        FractionalPercent half = new FractionalPercent(500_000, 1_000_000);
        TestMesh mesh = mesh(to("one"), fault(delay(1, half), abort(500, half)));
        int[] counts = new int[4];
        for (int i = 0; i < 4000; i++) {
            Response response = mesh.get("http://a/");
            int delayed = response.flags().contains(ResponseFlag.DI) ? 1 : 0;
            int aborted = response.flags().contains(ResponseFlag.FI) ? 2 : 0;
            counts[delayed + aborted]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(900, 1100);
        }
    }

    @Test
    void zeroPercentIsNever() {
        TestMesh mesh = mesh(to("one"), fault(null, abort(503, new FractionalPercent(0, 100))));
        for (int i = 0; i < 100; i++) {
            assertThat(mesh.get("http://a/").status()).isEqualTo(200);
        }
    }

    @Test
    void requestsWithoutTheHeaderAreSpared() {
        HeaderMatch wanted = new HeaderMatch(
                "x-fault", new HeaderMatch.Condition.Value(new StringMatch.Exact("yes", false)), false, false);
        TestMesh mesh = mesh(to("one"), new HttpFault(null, abort(400, ALWAYS), List.of(wanted), null, null));
        assertThat(mesh.get("http://a/").status()).isEqualTo(200);
        assertThat(mesh.call(TextRequest.get("http://a/").header("x-fault", "yes"))
                        .status())
                .isEqualTo(400);
    }

    private static HttpFault fault(HttpFault.@Nullable Delay delay, HttpFault.@Nullable Abort abort) {
        return new HttpFault(delay, abort, List.of(), null, null);
    }

    private static HttpFault.Delay delay(long millis, FractionalPercent share) {
        return new HttpFault.Delay(Duration.ofMillis(millis), share);
    }

    private static HttpFault.Abort abort(int status, FractionalPercent share) {
        return new HttpFault.Abort.Http(status, share);
    }

    private static TestMesh mesh(Forward forward, HttpFault fault) {
        Map<String, PerFilterConfig> config = Map.of("envoy.filters.http.fault", new PerFilterConfig.Fault(fault));
        return new TestMesh(
                new Resources().routes(route("/", forward, config)).cluster("one", "10.0.0.1:80"),
                sent -> Answer.status(200));
    }
}
