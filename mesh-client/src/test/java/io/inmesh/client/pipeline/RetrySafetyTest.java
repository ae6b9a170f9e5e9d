package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.pipeline.BareTransport.Sent;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.route.RetryOn;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RetrySafetyTest {

    private static final Answer RESET = Answer.reset(ResetReason.CONNECTION_TERMINATION);
    private static final BeyondEnvoy ON = new BeyondEnvoy(true, false);

    @Test
    void aBrokenConnectionIsMadeUpForIfTheMethodIsIdempotent() {
        for (String method : new String[] {"GET", "PUT", "DELETE", "HEAD", "OPTIONS"}) {
            TestMesh mesh = mesh(ON, istiosRetries(), RetrySafetyTest::firstBreaks);
            assertThat(call(mesh, method).status()).as(method).isEqualTo(200);
            assertThat(mesh.sent()).hasSize(2);
        }
    }

    @Test
    void aPostIsNeverSentTwice() {
        for (String method : new String[] {"POST", "PATCH"}) {
            TestMesh mesh = mesh(ON, istiosRetries(), RetrySafetyTest::firstBreaks);
            assertThat(call(mesh, method).flags()).as(method).containsExactly(ResponseFlag.UC);
            assertThat(mesh.sent()).hasSize(1);
        }
    }

    @Test
    void whereARouteAllowsNoRetriesThereAreNone() {
        TestMesh mesh =
                mesh(ON, new Resources().routes(route("/", to("one", null, null))), RetrySafetyTest::firstBreaks);
        assertThat(call(mesh, "GET").status()).isEqualTo(503);
        assertThat(mesh.sent()).hasSize(1);
    }

    @Test
    void switchedOffItIsEnvoysBehaviour() {
        TestMesh mesh = mesh(BeyondEnvoy.NOTHING, istiosRetries(), RetrySafetyTest::firstBreaks);
        assertThat(call(mesh, "GET").status()).isEqualTo(503);
    }

    @Test
    void retriesAddAFifthAfterAHundred() {
        TestMesh mesh = mesh(ON, always5xx(), sent -> Answer.status(500));
        int overflowed = 0;
        for (int i = 0; i < 1000; i++) {
            overflowed += call(mesh, "GET").flags().contains(ResponseFlag.UO) ? 1 : 0;
        }
        // 100 that were in hand, and a fifth of what was called meanwhile.
        assertThat(mesh.sent().size() - 1000).isBetween(290, 300);
        assertThat(overflowed).isEqualTo(2000 - mesh.sent().size());
    }

    @Test
    void theOperatorsBudgetGoesBeforeOurs() {
        Resources resources = always5xx()
                .cluster(Resources.with(
                        Resources.defaultCluster("one"),
                        old -> new CircuitBreakers.Thresholds(
                                1024, 1024, 1024, 3, new CircuitBreakers.RetryBudget(100, 50))));
        TestMesh mesh = mesh(ON, resources, sent -> Answer.status(500));
        for (int i = 0; i < 1000; i++) {
            call(mesh, "GET");
        }
        assertThat(mesh.sent()).hasSize(2000);
    }

    private static Answer firstBreaks(Sent sent) {
        return sent.attempt() == 1 ? RESET : Answer.status(200);
    }

    private static Resources istiosRetries() {
        return new Resources()
                .routes(route("/", to("one", null, retry(2, RetryOn.CONNECT_FAILURE, RetryOn.UNAVAILABLE))));
    }

    private static Resources always5xx() {
        return new Resources().routes(route("/", to("one", null, retry(1, RetryOn.FIVE_XX))));
    }

    private static Response call(TestMesh mesh, String method) {
        return mesh.call(TextRequest.of(method, "http://a/"));
    }

    private static TestMesh mesh(BeyondEnvoy beyond, Resources resources, Function<Sent, Answer> upstream) {
        if (!resources.build().clusters().byName().containsKey("one")) {
            resources.cluster(Resources.defaultCluster("one"));
        }
        return new TestMesh(resources.endpoints("one", "10.0.0.1:80", "10.0.0.2:80"), upstream, null, beyond);
    }
}
