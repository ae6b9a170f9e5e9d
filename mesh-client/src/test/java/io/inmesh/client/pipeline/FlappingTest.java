package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.fixture.Resources;
import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.Host;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.cluster.OutlierDetection.Consecutive;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand endpoints, of which a part that changes ten times a second is there, for a minute of virtual time. */
class FlappingTest {

    private static final int ENDPOINTS = 10_000;
    private static final int PUSHES = 600;
    private static final Duration BETWEEN_PUSHES = Duration.ofMillis(100);

    private final List<LbEndpoint> all = IntStream.range(0, ENDPOINTS)
            .mapToObj(i ->
                    Resources.endpoint("10.0." + i / 250 + "." + i % 250 + ":80", LbEndpoint.HealthStatus.HEALTHY, 1))
            .toList();

    @Test
    void nothingOfAnEndpointThatIsGoneStays() {
        TestMesh mesh =
                new TestMesh(resources(0), sent -> Answer.status(sent.address().endsWith("7:80") ? 500 : 200));
        ClusterState state = mesh.registry.cluster("one");
        List<WeakReference<Host>> gone = new ArrayList<>();
        for (int push = 1; push <= PUSHES; push++) {
            for (int call = 0; call < 20; call++) {
                mesh.get("http://a/");
            }
            gone.add(new WeakReference<>(state.hosts().iterator().next()));
            mesh.time.advance(BETWEEN_PUSHES);
            mesh.push(resources(push));
            mesh.sent().clear();
        }
        mesh.push(
                new Resources().routes(route("/", to("one"))).cluster(cluster()).endpoints("one", "10.9.9.9:80"));

        assertThat(state.hosts()).singleElement().hasToString("10.9.9.9:80");
        assertThat(state.ejections().isEmpty()).isTrue();
        assertThat(state.ejections().count()).isZero();
        assertThat(state.connections().get()).isZero();
        assertThat(state.activeRequests().get()).isZero();
        assertThat(state.pendingRequests().get()).isZero();
        assertThat(state.waiters()).isEmpty();
        assertThat(mesh.time.pendingTimers()).isZero();
        // One call makes the balancer of the last snapshot look: then nobody remembers an earlier one.
        assertThat(mesh.get("http://a/").status()).isEqualTo(200);
        mesh.sent().clear();
        assertThat(held(gone)).isZero();
    }

    /** How many are still reachable once the collector has had its chances. */
    private static long held(List<WeakReference<Host>> hosts) {
        long held = hosts.size();
        for (int i = 0; i < 20 && held > 0; i++) {
            System.gc();
            held = hosts.stream().filter(host -> host.get() != null).count();
        }
        return held;
    }

    private Resources resources(int push) {
        // Another two thirds each time.
        List<LbEndpoint> some = IntStream.range(0, ENDPOINTS)
                .filter(i -> (i * 31 + push) % 3 != 0)
                .mapToObj(all::get)
                .toList();
        return new Resources()
                .routes(route("/", to("one")))
                .cluster(cluster())
                .endpoints("one", new LocalityLbEndpoints(Locality.UNKNOWN, 0, 1, some));
    }

    private static io.inmesh.xds.model.cluster.Cluster cluster() {
        OutlierDetection absent = OutlierDetection.DEFAULT;
        OutlierDetection outlier = new OutlierDetection(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                absent.maxEjectionTime(),
                Duration.ZERO,
                50,
                false,
                new Consecutive(1, 100),
                new Consecutive(5, 0),
                new Consecutive(5, 0),
                false,
                new OutlierDetection.SuccessRate(5, 100, 1900, 0, 0),
                absent.failurePercentage());
        return Resources.cluster(
                "one",
                new LbPolicy.LeastRequest(2, 1.0, null),
                new CommonLb(0, new CommonLb.LocalityMode.None()),
                CircuitBreakers.DEFAULT,
                outlier);
    }
}
