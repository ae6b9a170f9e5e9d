package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static io.inmesh.client.fixture.Resources.virtualHost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.host.HostStat;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.route.ClusterSpecifier.Weighted;
import io.inmesh.xds.model.route.ClusterSpecifier.WeightedCluster;
import io.inmesh.xds.model.route.RetryOn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LifeOfACallTest {

    @Test
    void aHostIsBusyUntilTheLastByteOfItsResponse() {
        TestMesh mesh = one(Answer.status(200));
        Response response = mesh.open(TextRequest.get("http://a/"));
        assertThat(mesh.registry.cluster("one").activeRequests().get()).isEqualTo(1);
        response.read();
        assertThat(mesh.registry.cluster("one").activeRequests().get()).isZero();
    }

    @Test
    void theRoutesTimerRunsUntilTheLastByte() {
        List<CallReport> reports = new ArrayList<>();
        TestMesh mesh = new TestMesh(
                new Resources()
                        .routes(route("/", to("one", Duration.ofMillis(200), retry(3, RetryOn.FIVE_XX))))
                        .cluster("one", "10.0.0.1:80"),
                sent -> Answer.status(200),
                recording(reports, new ArrayList<>()));
        Response response = mesh.open(TextRequest.get("http://a/"));
        assertThat(response.status()).isEqualTo(200);
        mesh.time.advance(Duration.ofMillis(300));
        assertThat(mesh.registry.cluster("one").activeRequests().get()).isZero();
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.status()).isEqualTo(200);
            assertThat(report.flags()).containsExactly(ResponseFlag.UT);
            assertThat(report.details()).isEqualTo("response_timeout");
        });
        response.read();
        assertThat(reports).hasSize(1);
        assertThat(mesh.sent()).hasSize(1);
    }

    @Test
    void aResponseReadInTimeLeavesNoTimer() {
        TestMesh mesh = new TestMesh(
                new Resources()
                        .routes(route("/", to("one", Duration.ofMillis(200), null)))
                        .cluster("one", "10.0.0.1:80"),
                sent -> Answer.status(200));
        mesh.get("http://a/");
        assertThat(mesh.time.pendingTimers()).isZero();
    }

    @Test
    void aCancelledCallEndsItsBackOffAndBlamesNoHost() {
        AtomicReference<BlockingCall<TextRequest, Response>> call = new AtomicReference<>();
        List<CallReport> reports = new ArrayList<>();
        TestMesh mesh = new TestMesh(
                new Resources()
                        .routes(route("/", to("one", null, retry(9, RetryOn.FIVE_XX))))
                        .cluster("one", "10.0.0.1:80"),
                sent -> {
                    if (sent.attempt() == 2) {
                        call.get().cancel();
                    }
                    return Answer.status(500);
                },
                recording(reports, new ArrayList<>()));
        call.set(mesh.newCall("http://a/"));
        assertThatThrownBy(() -> call.get().execute())
                .isInstanceOf(IOException.class)
                .hasMessage("Canceled");
        assertThat(mesh.sent()).hasSize(2);
        assertThat(reports).singleElement().satisfies(report -> assertThat(report.flags())
                .containsExactly(ResponseFlag.DC));
        assertThat(mesh.registry.cluster("one").activeRequests().get()).isZero();
        assertThat(mesh.registry.cluster("one").activeRetries().get()).isZero();
        assertThat(mesh.registry.cluster("one").host("10.0.0.1:80").counters().get(HostStat.RQ_ERROR))
                .isEqualTo(1);
    }

    @Test
    void aCallKeepsTheSnapshotThatItBeganWith() {
        Resources resources = new Resources()
                .routes(route("/", to("one", null, retry(1, RetryOn.FIVE_XX))))
                .cluster("one", "10.0.0.1:80");
        AtomicReference<TestMesh> mesh = new AtomicReference<>();
        mesh.set(new TestMesh(resources, sent -> {
            mesh.get().push(resources.routes(route("/", to("nowhere"))));
            return Answer.status(sent.attempt() == 1 ? 500 : 200);
        }));
        assertThat(mesh.get().get("http://a/").status()).isEqualTo(200);
        assertThat(mesh.get().get("http://a/").flags()).containsExactly(ResponseFlag.NC);
    }

    @Test
    void whatNoTablesIsForKeepsItsAddress() {
        TestMesh mesh = new TestMesh(new Resources().allowAny(), sent -> Answer.status(200));
        for (String url : List.of("http://example.com:8081/x", "https://example.com/x")) {
            assertThat(mesh.get(url).status()).isEqualTo(200);
        }
        assertThat(mesh.sent()).extracting(BareTransport.Sent::cluster).containsOnly("PassthroughCluster");
        assertThat(mesh.sent()).extracting(BareTransport.Sent::authority).contains("example.com:8081");
    }

    @Test
    void beforeTheFirstSnapshotCallsFailTypedAfterABoundedWait() {
        SnapshotHolder<MeshSnapshot> none = new SnapshotHolder<>();
        VirtualTime time = new VirtualTime();
        OutboundPipeline pipeline = new OutboundPipeline(none, time, new SplittableRandom(1), null);
        BareTransport transport = new BareTransport(time, sent -> Answer.status(200));
        TextRequest request = TextRequest.get("http://a/");
        assertThatThrownBy(() -> new BlockingDriver<>(pipeline, transport, time, time, time, 1_000_000)
                        .newCall(request, request)
                        .execute())
                .isInstanceOf(MeshNotReadyException.class);
        assertThat(pipeline.ready()).isFalse();
        assertThat(pipeline.explain(TextRequest.get("http://a/")).verdict()).isEqualTo("not ready");
    }

    @Test
    void weightsAndHeadersOfAWeightedCluster() {
        HeaderMutations.Changes add = new HeaderMutations.Changes(
                List.of(new HeaderMutations.Addition(
                        "x-canary", "100%%", HeaderMutations.AppendAction.OVERWRITE_IF_EXISTS_OR_ADD, false)),
                List.of());
        Weighted weighted = new Weighted(List.of(
                new WeightedCluster("one", 80, HeaderMutations.NONE, Map.of(), null, Metadata.EMPTY),
                new WeightedCluster(
                        "two", 20, new HeaderMutations(add, add), Map.of(), "canary.test", Metadata.EMPTY)));
        TestMesh mesh = new TestMesh(
                new Resources()
                        .routes(route("/", Resources.forward(weighted, null, null)))
                        .cluster("one", "10.0.0.1:80")
                        .cluster("two", "10.0.0.2:80"),
                sent -> Answer.status(200));
        int canary = 0;
        for (int i = 0; i < 10_000; i++) {
            canary += "100%".equals(mesh.get("http://a/").headers().get("x-canary")) ? 1 : 0;
        }
        assertThat(canary).isBetween(1850, 2150);
        assertThat(mesh.sent())
                .filteredOn(sent -> sent.cluster().equals("two"))
                .hasSize(canary)
                .allSatisfy(sent -> {
                    assertThat(sent.headers()).containsEntry("x-canary", "100%");
                    assertThat(sent.authority()).isEqualTo("canary.test");
                });
    }

    @Nested
    class Listening {

        @Test
        void attemptsAndTheirEndAreToldInOrder() {
            List<CallReport> calls = new ArrayList<>();
            List<AttemptReport> attempts = new ArrayList<>();
            TestMesh mesh = new TestMesh(
                    new Resources()
                            .routes(route("/", to("one", null, retry(1, RetryOn.CONNECT_FAILURE))))
                            .cluster("one", "10.0.0.1:80", "10.0.0.2:80"),
                    sent -> sent.attempt() == 1 ? Answer.refused() : Answer.status(204),
                    recording(calls, attempts));
            mesh.get("http://a/");
            assertThat(attempts).extracting(AttemptReport::attempt).containsExactly(1, 2);
            assertThat(attempts.get(0)).satisfies(first -> {
                assertThat(first.flag()).isEqualTo(ResponseFlag.UF);
                assertThat(first.cause()).isEqualTo("remote connection failure");
                assertThat(first.retried()).isTrue();
            });
            assertThat(attempts.get(1).status()).isEqualTo(204);
            assertThat(calls).singleElement().satisfies(call -> {
                assertThat(call.status()).isEqualTo(204);
                assertThat(call.flags()).isEmpty();
                assertThat(call.attempts()).isEqualTo(2);
                assertThat(call.route().cluster()).isEqualTo("one");
                assertThat(call.details()).isEqualTo("via_upstream");
                assertThat(call.service().host()).isEqualTo("");
            });
            assertThat(mesh.sent())
                    .extracting(sent -> sent.headers().get("traceparent"))
                    .containsExactly("1", "2");
        }

        @Test
        void aResponseThatBreaksOffIsTold() {
            List<CallReport> calls = new ArrayList<>();
            TestMesh mesh = new TestMesh(
                    new Resources().routes(route("/", to("one"))).cluster("one", "10.0.0.1:80"),
                    sent -> Answer.status(200),
                    recording(calls, new ArrayList<>()));
            Response response = mesh.open(TextRequest.get("http://a/"));
            response.end().failed(ResetReason.CONNECTION_TERMINATION);
            response.end().completed();
            assertThat(calls).singleElement().satisfies(call -> {
                assertThat(call.flags()).containsExactly(ResponseFlag.UC);
                assertThat(call.details()).isEqualTo("upstream_reset_after_response_started{connection_termination}");
            });
        }
    }

    @Nested
    class Explaining {

        @Test
        void whereARequestGoesAndWhyNotElsewhere() {
            TestMesh mesh = new TestMesh(
                    new Resources()
                            .table(
                                    "80",
                                    virtualHost(
                                            "reviews",
                                            List.of("reviews"),
                                            route("/v2", to("two")),
                                            route("/", to("one", Duration.ofSeconds(3), retry(2, RetryOn.RESET)))))
                            .cluster("one", "10.0.0.1:80", "10.0.0.2:80"),
                    sent -> Answer.status(200));
            Explanation explanation = mesh.pipeline.explain(TextRequest.get("http://reviews/v1"));
            assertThat(explanation.verdict()).isEqualTo("forward");
            assertThat(explanation.virtualHost()).isEqualTo("reviews");
            assertThat(explanation.route()).isEqualTo("/");
            assertThat(explanation.misses()).singleElement().satisfies(miss -> {
                assertThat(miss.route()).isEqualTo("/v2");
                assertThat(miss.reason()).contains("path");
            });
            assertThat(explanation.policy().timeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(explanation.policy().retryOn()).containsExactly("reset");
            assertThat(explanation.clusters()).singleElement().satisfies(cluster -> {
                assertThat(cluster.cluster()).isEqualTo("one");
                assertThat(cluster.balancing()).isEqualTo("LEAST_REQUEST");
                assertThat(cluster.endpoints()).hasSize(2);
            });
            assertThat(mesh.sent()).isEmpty();
        }

        @Test
        void whyThereIsNoRoute() {
            TestMesh mesh = new TestMesh(
                    new Resources().table("80", virtualHost("a", List.of("a"), route("/x", to("one")))),
                    sent -> Answer.status(200));
            Explanation explanation = mesh.pipeline.explain(TextRequest.get("http://a/y"));
            assertThat(explanation.verdict()).isEqualTo("reply");
            assertThat(explanation.reply()).isEqualTo(404);
            assertThat(explanation.virtualHost()).isEqualTo("a");
            assertThat(explanation.misses()).hasSize(1);
        }
    }

    private static TestMesh one(Answer answer) {
        return new TestMesh(
                new Resources().routes(route("/", to("one"))).cluster("one", "10.0.0.1:80"), sent -> answer);
    }

    private static MeshListener recording(List<CallReport> calls, List<AttemptReport> attempts) {
        return new MeshListener() {
            @Override
            public CallListener callStarted(Reporter reporter, MeshRequest request) {
                return new CallListener() {
                    @Override
                    public void attemptStarting(int attempt, String cluster, String address, HeaderSink headers) {
                        headers.set("traceparent", Integer.toString(attempt));
                    }

                    @Override
                    public void attemptEnded(AttemptReport attempt) {
                        attempts.add(attempt);
                    }

                    @Override
                    public void callEnded(CallReport call) {
                        calls.add(call);
                    }
                };
            }
        };
    }
}
