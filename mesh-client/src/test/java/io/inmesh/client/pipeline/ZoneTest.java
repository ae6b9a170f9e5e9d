package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Sent;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.cluster.OutlierDetection.Consecutive;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.route.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A zone of three goes down under load, with what istiod sends for {@code failover} and {@code retryRemoteLocalities}. */
class ZoneTest {

    private static final Duration BETWEEN_CALLS = Duration.ofMillis(1);

    private boolean down;

    @Test
    void aZoneThatDiesLosesNoCallAndIsLeftWithinASecond() {
        TestMesh mesh = mesh(2);
        assertThat(lost(mesh, 500)).isZero();
        assertThat(mesh.addresses()).allMatch(ZoneTest::near);

        down = true;
        assertThat(lost(mesh, 1000)).isZero();
        mesh.sent().clear();

        assertThat(lost(mesh, 5000)).isZero();
        assertThat(mesh.addresses()).hasSize(5000).noneMatch(ZoneTest::near);
    }

    @Test
    void whileItIsDownTheZoneIsTriedAgainAndLeftAgain() {
        TestMesh mesh = mesh(2);
        down = true;
        assertThat(lost(mesh, 1000)).isZero();
        mesh.time.advance(Duration.ofSeconds(40));
        mesh.sent().clear();

        assertThat(lost(mesh, 2000)).isZero();

        assertThat(mesh.addresses().stream().filter(ZoneTest::near))
                .isNotEmpty()
                .hasSizeLessThan(100);
    }

    @Test
    void aZoneThatIsBackGetsItsCallsAgain() {
        TestMesh mesh = mesh(2);
        down = true;
        assertThat(lost(mesh, 1000)).isZero();
        down = false;
        mesh.time.advance(Duration.ofSeconds(40));
        mesh.sent().clear();

        assertThat(lost(mesh, 1000)).isZero();

        assertThat(mesh.addresses()).hasSize(1000).allMatch(ZoneTest::near);
    }

    @Test
    void withoutALookAtPrioritiesCallsAreLostUntilTheZoneIsEjected() {
        TestMesh mesh = mesh(0);
        down = true;

        assertThat(lost(mesh, 1000)).isPositive();
    }

    private static int lost(TestMesh mesh, int calls) {
        int lost = 0;
        for (int i = 0; i < calls; i++) {
            lost += mesh.get("http://a/").status() == 200 ? 0 : 1;
            mesh.time.advance(BETWEEN_CALLS);
        }
        return lost;
    }

    @Test
    void prioritiesTakeTurnsForAsLongAsThereAreRetries() {
        for (int interval : new int[] {1, 2}) {
            RetryPolicy policy = new RetryPolicy(
                    Set.of(RetryOn.FIVE_XX),
                    List.of(),
                    7,
                    null,
                    null,
                    RetryPolicy.BackOff.DEFAULT,
                    new RetryPolicy.HostSelection(1, false, interval),
                    Set.of(),
                    List.of(),
                    List.of());
            TestMesh mesh = new TestMesh(
                    new Resources()
                            .routes(route("/", Resources.to("one", null, policy)))
                            .cluster(Resources.defaultCluster("one"))
                            .endpoints("one", priority(0), priority(1)),
                    sent -> Answer.status(500));
            mesh.get("http://a/");
            assertThat(mesh.addresses().stream().map(address -> address.substring(5, 6)))
                    .as("interval %s", interval)
                    .containsExactly((interval == 1 ? "0 1 0 1 0 1 0 1" : "0 0 1 1 0 0 1 1").split(" "));
        }
    }

    private static LocalityLbEndpoints priority(int number) {
        return new LocalityLbEndpoints(
                new Locality("r", "z" + number, ""),
                number,
                1,
                List.of(Resources.endpoint("10.0." + number + ".1:80", LbEndpoint.HealthStatus.HEALTHY, 1)));
    }

    private static boolean near(String address) {
        return address.startsWith("10.1.");
    }

    private Answer answer(Sent sent) {
        return down && near(sent.address()) ? Answer.refused() : Answer.status(200);
    }

    private TestMesh mesh(int previousPriorities) {
        RetryPolicy retry = new RetryPolicy(
                Set.of(RetryOn.CONNECT_FAILURE),
                List.of(),
                2,
                null,
                null,
                RetryPolicy.BackOff.DEFAULT,
                new RetryPolicy.HostSelection(5, true, previousPriorities),
                Set.of(),
                List.of(),
                List.of());
        OutlierDetection absent = OutlierDetection.DEFAULT;
        OutlierDetection outlier = new OutlierDetection(
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                absent.maxEjectionTime(),
                Duration.ZERO,
                100,
                false,
                new Consecutive(5, 100),
                new Consecutive(5, 0),
                new Consecutive(5, 0),
                false,
                new OutlierDetection.SuccessRate(5, 100, 1900, 0, 0),
                absent.failurePercentage());
        Resources resources = new Resources()
                .routes(route("/", Resources.to("one", null, retry)))
                .cluster(Resources.cluster(
                        "one",
                        new LbPolicy.LeastRequest(2, 1.0, null),
                        new CommonLb(0, new CommonLb.LocalityMode.None()),
                        CircuitBreakers.DEFAULT,
                        outlier))
                .endpoints("one", zone(1, 0), zone(2, 1), zone(3, 1));
        return new TestMesh(resources, this::answer);
    }

    private static LocalityLbEndpoints zone(int number, int priority) {
        List<LbEndpoint> endpoints = IntStream.rangeClosed(1, 3)
                .mapToObj(
                        i -> Resources.endpoint("10." + number + ".0." + i + ":80", LbEndpoint.HealthStatus.HEALTHY, 1))
                .toList();
        return new LocalityLbEndpoints(new Locality("r", "z" + number, ""), priority, 3, endpoints);
    }
}
