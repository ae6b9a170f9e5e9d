package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.pipeline.BareTransport.Sent;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.route.ClusterSpecifier;
import io.inmesh.xds.model.route.Forward;
import io.inmesh.xds.model.route.RequestMirrorPolicy;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.route.RouteTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Copies: nobody waits for them, and nothing of the call depends on them. */
class MirrorTest {

    @Test
    void theCallIsAnsweredBeforeItsCopyIsSent() {
        TestMesh mesh = mesh(sent -> Answer.status(sent.cluster().equals("one") ? 200 : 500));

        assertThat(mesh.get("http://a/x").status()).isEqualTo(200);
        assertThat(clusters(mesh)).containsExactly("one");

        mesh.copies.forEach(Runnable::run);
        assertThat(clusters(mesh)).containsExactly("one", "two");
        assertThat(mesh.transport.discarded).isEqualTo(1);
    }

    @Test
    void aCopyIsNeitherRetriedNorReportedAndGivesItsPlaceBack() {
        TestMesh mesh = mesh(sent ->
                sent.cluster().equals("one") ? Answer.status(200) : Answer.reset(ResetReason.CONNECTION_TERMINATION));

        mesh.get("http://a/x");
        mesh.copies.forEach(Runnable::run);

        assertThat(clusters(mesh)).containsExactly("one", "two");
        assertThat(mesh.registry
                        .cluster("two")
                        .host("10.0.0.2:80")
                        .activeRequests()
                        .get())
                .isZero();
    }

    @Test
    void anAnswerThatNeverComesEndsWithTheRoutesTimeout() {
        TestMesh mesh = mesh(sent -> sent.cluster().equals("one")
                ? Answer.status(200)
                : Answer.status(200).after(Duration.ofHours(1)));

        mesh.get("http://a/x");
        long before = mesh.time.nanoTime();
        mesh.copies.forEach(Runnable::run);

        assertThat(mesh.time.nanoTime() - before)
                .isEqualTo(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void whatIsDroppedIsMissedByNobody() {
        TestMesh mesh = mesh(sent -> Answer.status(200));
        Response response = mesh.get("http://a/x");
        mesh.copies.clear();
        assertThat(response.status()).isEqualTo(200);
        assertThat(mesh.get("http://a/x").status()).isEqualTo(200);
    }

    private static TestMesh mesh(Function<Sent, Answer> upstream) {
        Forward forward = new Forward(
                new ClusterSpecifier.Single("one"),
                new RouteTimeouts(Duration.ofSeconds(2), null, null, null),
                Resources.retry(2, RetryOn.FIVE_XX, RetryOn.RESET),
                null,
                null,
                List.of(new RequestMirrorPolicy("two", FractionalPercent.ALWAYS, false)),
                List.of(),
                503,
                Forward.RoutingPriority.DEFAULT,
                false);
        return new TestMesh(
                new Resources()
                        .routes(route("/", forward))
                        .cluster("one", "10.0.0.1:80")
                        .cluster("two", "10.0.0.2:80"),
                upstream);
    }

    private static List<String> clusters(TestMesh mesh) {
        return mesh.sent().stream().map(Sent::cluster).toList();
    }
}
