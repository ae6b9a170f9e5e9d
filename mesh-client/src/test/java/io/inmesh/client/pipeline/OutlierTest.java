package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.cluster.OutlierDetection.Consecutive;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outlier detection from calls to ejections, as measured on Envoy 1.40. */
class OutlierTest {

    private static final Consecutive OFF = new Consecutive(5, 0);

    @ParameterizedTest(name = "{0} failing hosts, at most {1} %: {2} ejected")
    @CsvSource({
        "1, 10, 0",
        "1, 50, 0",
        "1, 100, 1",
        "2, 10, 0",
        "2, 50, 1",
        "2, 100, 2",
        "3, 10, 0",
        "3, 50, 1",
        "3, 100, 3",
        "9, 10, 0",
        "9, 50, 4",
        "9, 100, 9",
        "10, 10, 1",
        "10, 50, 5",
        "10, 100, 10"
    })
    void noMoreThanThePercentageIsEverEjected(int hosts, int percent, int ejected) {
        String[] addresses = IntStream.rangeClosed(1, hosts)
                .mapToObj(i -> "10.0.0." + i + ":80")
                .toArray(String[]::new);
        TestMesh mesh = mesh(outlier(new Consecutive(2, 100), percent), sent -> Answer.status(503), addresses);
        for (int i = 0; i < hosts * 6; i++) {
            mesh.get("http://a/");
        }
        assertThat(Arrays.stream(addresses)
                        .filter(address ->
                                mesh.registry.cluster("one").host(address).ejected())
                        .count())
                .isEqualTo(ejected);
    }

    @Test
    void onlyFailuresInARowCount() {
        Iterator<Integer> script = List.of(500, 502, 200, 503, 500, 504, 200).iterator();
        TestMesh mesh =
                mesh(outlier(new Consecutive(3, 100), 100), sent -> Answer.status(script.next()), "10.0.0.1:80");
        for (int i = 0; i < 6; i++) {
            assertThat(mesh.get("http://a/").flags()).isEmpty();
        }
        assertThat(mesh.get("http://a/").flags()).containsExactly(ResponseFlag.UH);
    }

    @Test
    void gatewayFailuresAre502To504() {
        Iterator<Integer> script = List.of(500, 500, 502, 500, 503, 504, 200).iterator();
        OutlierDetection settings = settings(OFF, new Consecutive(2, 100), OFF, false, 100);
        TestMesh mesh = mesh(settings, sent -> Answer.status(script.next()), "10.0.0.1:80");
        for (int i = 0; i < 6; i++) {
            assertThat(mesh.get("http://a/").flags()).isEmpty();
        }
        assertThat(mesh.get("http://a/").flags()).containsExactly(ResponseFlag.UH);
    }

    @Test
    void aBrokenConnectionCountsAsA503UnlessOriginsAreSplit() {
        TestMesh mesh = mesh(
                outlier(new Consecutive(2, 100), 100),
                sent -> Answer.reset(ResetReason.CONNECTION_TERMINATION),
                "10.0.0.1:80");
        mesh.get("http://a/");
        mesh.get("http://a/");
        assertThat(mesh.get("http://a/").flags()).containsExactly(ResponseFlag.UH);
    }

    @Test
    void splitOriginsAreCountedApart() {
        OutlierDetection settings = settings(new Consecutive(2, 100), OFF, new Consecutive(3, 100), true, 100);
        TestMesh mesh = mesh(settings, sent -> Answer.refused(), "10.0.0.1:80");
        for (int i = 0; i < 3; i++) {
            assertThat(mesh.get("http://a/").flags()).containsExactly(ResponseFlag.UF);
        }
        assertThat(mesh.get("http://a/").flags()).containsExactly(ResponseFlag.UH);
    }

    @Test
    void aConnectionThatWorksForgivesLocalFailuresWhereOriginsAreSplit() {
        OutlierDetection settings = settings(new Consecutive(2, 100), OFF, new Consecutive(2, 100), true, 100);
        Iterator<Answer> script = List.of(Answer.refused(), Answer.status(200), Answer.refused(), Answer.status(200))
                .iterator();
        TestMesh mesh = mesh(settings, sent -> script.next(), "10.0.0.1:80");
        for (int i = 0; i < 4; i++) {
            assertThat(mesh.get("http://a/").flags()).doesNotContain(ResponseFlag.UH);
        }
    }

    @Test
    void ejectionLastsUntilTheSweepAfterItsTimeAndGrowsEachTime() {
        TestMesh mesh = mesh(outlier(new Consecutive(1, 100), 100), sent -> Answer.status(503), "10.0.0.1:80");
        // Sweeps come every 10 s; the base ejection time is 30 s.
        mesh.time.advance(Duration.ofSeconds(3));
        assertThat(mesh.get("http://a/").flags()).isEmpty();
        assertThat(secondsOut(mesh)).isEqualTo(37);
        assertThat(secondsOut(mesh)).isEqualTo(60);
        assertThat(secondsOut(mesh)).isEqualTo(90);
    }

    @Test
    void goodBehaviourShortensTheNextEjection() {
        boolean[] failing = {true};
        TestMesh mesh = mesh(
                outlier(new Consecutive(1, 100), 100), sent -> Answer.status(failing[0] ? 503 : 200), "10.0.0.1:80");
        mesh.get("http://a/");
        assertThat(secondsOut(mesh)).isEqualTo(30);
        mesh.time.advance(Duration.ofSeconds(60));
        failing[0] = false;
        assertThat(mesh.get("http://a/").status()).isEqualTo(200);
        mesh.time.advance(Duration.ofHours(2));
        failing[0] = true;
        mesh.get("http://a/");
        assertThat(secondsOut(mesh)).isEqualTo(30);
    }

    @Test
    void stateSurvivesAPushAndIsReleasedWithItsHost() {
        Resources resources = resources(outlier(new Consecutive(1, 100), 100), "10.0.0.1:80", "10.0.0.2:80");
        TestMesh mesh =
                new TestMesh(resources, sent -> Answer.status(sent.address().equals("10.0.0.1:80") ? 503 : 200));
        for (int i = 0; i < 4; i++) {
            mesh.get("http://a/");
        }
        assertThat(mesh.registry.cluster("one").host("10.0.0.1:80").ejected()).isTrue();
        mesh.push(resources.endpoints("one", "10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"));
        assertThat(mesh.registry.cluster("one").host("10.0.0.1:80").ejected()).isTrue();
        mesh.push(resources.endpoints("one", "10.0.0.2:80"));
        mesh.push(resources.endpoints("one", "10.0.0.1:80", "10.0.0.2:80"));
        assertThat(mesh.registry.cluster("one").host("10.0.0.1:80").ejected()).isFalse();
        mesh.push(resources.without("one"));
        assertThat(mesh.registry.clusterNames()).isEmpty();
    }

    @Test
    void notEnforcedIsNotEjected() {
        TestMesh mesh = mesh(outlier(new Consecutive(1, 0), 100), sent -> Answer.status(503), "10.0.0.1:80");
        for (int i = 0; i < 10; i++) {
            assertThat(mesh.get("http://a/").flags()).isEmpty();
        }
    }

    /** From the ejection that is on until the host answers (and is ejected) again. */
    private static long secondsOut(TestMesh mesh) {
        for (int second = 0; second < 1000; second++) {
            if (mesh.get("http://a/").flags().isEmpty()) {
                return second;
            }
            mesh.time.advance(Duration.ofSeconds(1));
        }
        throw new AssertionError("never came back");
    }

    private static OutlierDetection outlier(Consecutive fiveXx, long percent) {
        return settings(fiveXx, OFF, OFF, false, percent);
    }

    private static OutlierDetection settings(
            Consecutive fiveXx, Consecutive gateway, Consecutive local, boolean split, long percent) {
        OutlierDetection defaults = OutlierDetection.DEFAULT;
        return new OutlierDetection(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(300),
                Duration.ZERO,
                percent,
                false,
                fiveXx,
                gateway,
                local,
                split,
                defaults.successRate(),
                defaults.failurePercentage());
    }

    private static TestMesh mesh(
            OutlierDetection outlier, Function<BareTransport.Sent, Answer> upstream, String... addresses) {
        return new TestMesh(resources(outlier, addresses), upstream);
    }

    private static Resources resources(OutlierDetection outlier, String... addresses) {
        Cluster cluster = Resources.cluster(
                "one",
                new LbPolicy.RoundRobin(null),
                new CommonLb(0, new CommonLb.LocalityMode.None()),
                CircuitBreakers.DEFAULT,
                outlier);
        return new Resources().routes(route("/", to("one"))).cluster(cluster).endpoints("one", addresses);
    }
}
