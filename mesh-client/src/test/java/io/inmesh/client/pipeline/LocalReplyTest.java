package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.forward;
import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static io.inmesh.client.fixture.Resources.virtualHost;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.route.ClusterSpecifier;
import io.inmesh.xds.model.route.DirectResponse;
import io.inmesh.xds.model.route.PathRewrite;
import io.inmesh.xds.model.route.Redirect;
import io.inmesh.xds.model.route.RetryOn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Envoy answers without an upstream's answer, as measured on Envoy 1.40. */
class LocalReplyTest {

    private static final String BROKEN = "upstream connect error or disconnect/reset before headers. ";

    @Test
    void noRouteIs404() {
        TestMesh mesh = mesh(new Resources().table("80", virtualHost("a", List.of("a"), route("/x", to("one")))));
        for (String url : List.of("http://b/", "http://a/y")) {
            Response reply = mesh.get(url);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.flags()).containsExactly(ResponseFlag.NR);
            assertThat(reply.details()).isEqualTo("route_not_found");
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void aPortThatNothingIsSaidAboutIs404() {
        assertThat(mesh(new Resources().routes(route("/", to("one"))))
                        .get("http://a:81/")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anUnknownClusterIsWhatTheRouteSays() {
        Response reply = mesh(new Resources().routes(route("/", to("nowhere")))).get("http://a/");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.flags()).containsExactly(ResponseFlag.NC);
        assertThat(reply.details()).isEqualTo("cluster_not_found");
    }

    @Test
    void noEndpointIsNoHealthyUpstream() {
        Response reply = mesh(new Resources().routes(route("/", to("none"))).cluster("none"))
                .get("http://a/");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.flags()).containsExactly(ResponseFlag.UH);
        assertThat(reply.body()).isEqualTo("no healthy upstream");
        assertThat(reply.headers()).containsEntry("content-length", "19").containsEntry("content-type", "text/plain");
        assertThat(reply.details()).isEqualTo("no_healthy_upstream");
    }

    @Test
    void aRefusedConnectionTellsItsReason() {
        Response reply = one(Answer.refused()).get("http://a/");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.flags()).containsExactly(ResponseFlag.UF);
        assertThat(reply.body()).isEqualTo(BROKEN + "reset reason: remote connection failure");
        assertThat(reply.details())
                .isEqualTo("upstream_reset_before_response_started{remote_connection_failure|"
                        + "delayed_connect_error:_Connection_refused}");
    }

    @Test
    void aRedirectWhosePathHasNoSlashGetsOne() {
        Redirect redirect = new Redirect(null, null, null, new PathRewrite.Full("%PREFIX()%/moved"), 302, false);
        Response reply = mesh(new Resources().routes(route("/", redirect))).get("http://a/p");
        assertThat(reply.headers()).containsEntry("location", "http://a/%PREFIX()%/moved");
    }

    @Test
    void aRetriedFailureSaysSo() {
        TestMesh mesh = mesh(
                new Resources()
                        .routes(route("/", to("one", null, retry(2, RetryOn.CONNECT_FAILURE))))
                        .cluster("one", "10.0.0.1:80"),
                Answer.refused());
        Response reply = mesh.get("http://a/");
        assertThat(reply.flags()).containsExactlyInAnyOrder(ResponseFlag.UF, ResponseFlag.URX);
        assertThat(reply.body()).startsWith(BROKEN + "retried and the latest reset reason: remote connection failure");
        assertThat(reply.attempts()).isEqualTo(3);
    }

    @Test
    void whatTheUpstreamBreaksOffHasTheFlagOfHowItDid() {
        assertThat(one(Answer.reset(ResetReason.CONNECTION_TERMINATION)).get("http://a/"))
                .satisfies(reply -> {
                    assertThat(reply.flags()).containsExactly(ResponseFlag.UC);
                    assertThat(reply.body()).isEqualTo(BROKEN + "reset reason: connection termination");
                });
        assertThat(one(Answer.reset(ResetReason.REMOTE_RESET)).get("http://a/").flags())
                .containsExactly(ResponseFlag.UR);
        assertThat(one(Answer.reset(ResetReason.PROTOCOL_ERROR))
                        .get("http://a/")
                        .status())
                .isEqualTo(502);
    }

    @Test
    void anUpstreamsOwn503IsItsOwn() {
        Response answer = one(Answer.status(503)).get("http://a/");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.flags()).isEmpty();
        assertThat(answer.details()).isEqualTo("via_upstream");
    }

    @Test
    void aDirectResponseNeedsNoUpstream() {
        Response reply = mesh(new Resources().routes(route("/", new DirectResponse(418, "tea"))))
                .get("http://a/");
        assertThat(reply.status()).isEqualTo(418);
        assertThat(reply.body()).isEqualTo("tea");
        assertThat(reply.flags()).isEmpty();
        assertThat(reply.details()).isEqualTo("direct_response");
    }

    @Test
    void aRedirectLeadsElsewhere() {
        Redirect redirect = new Redirect("https", "other.test", null, null, 301, true);
        Response reply = mesh(new Resources().routes(route("/", redirect))).get("http://a/p?q");
        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.headers()).containsEntry("location", "https://other.test/p");
        Redirect port = new Redirect(null, null, 8080, null, 307, false);
        assertThat(mesh(new Resources().routes(route("/", port)))
                        .get("http://a:80/p?q")
                        .headers())
                .containsEntry("location", "http://a:8080/p?q");
    }

    @Test
    void aGrpcCallerGetsAGrpcStatus() {
        TestMesh mesh = mesh(new Resources().routes(route("/", to("none"))).cluster("none"));
        Response reply = mesh.call(
                TextRequest.of("POST", "http://a/pkg.Service/Method").header("content-type", "application/grpc"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers())
                .containsEntry("grpc-status", "14")
                .containsEntry("grpc-message", "no healthy upstream");
    }

    @Test
    void aHeadRequestGetsNoBody() {
        TestMesh mesh = mesh(new Resources().routes(route("/", to("none"))).cluster("none"));
        Response reply = mesh.call(TextRequest.of("HEAD", "http://a/"));
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers()).containsEntry("content-length", "19");
    }

    @Test
    void theRoutesTimeoutIs504() {
        TestMesh mesh = mesh(
                new Resources()
                        .routes(route("/", to("one", Duration.ofMillis(200), null)))
                        .cluster("one", "10.0.0.1:80"),
                Answer.status(200).after(Duration.ofMillis(500)));
        long start = mesh.time.nanoTime();
        Response reply = mesh.get("http://a/");
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.flags()).containsExactly(ResponseFlag.UT);
        assertThat(reply.body()).isEqualTo("upstream request timeout");
        assertThat(reply.details()).isEqualTo("response_timeout");
        assertThat(Duration.ofNanos(mesh.time.nanoTime() - start)).isEqualTo(Duration.ofMillis(200));
        assertThat(mesh.time.pendingTimers()).isZero();
    }

    @Test
    void anAttemptsTimeoutIs504Too() {
        TestMesh mesh = mesh(
                new Resources()
                        .routes(route(
                                "/",
                                to(
                                        "one",
                                        Duration.ofSeconds(2),
                                        Resources.withPerTryTimeout(
                                                retry(1, RetryOn.CONNECT_FAILURE), Duration.ofMillis(200)))))
                        .cluster("one", "10.0.0.1:80"),
                Answer.status(200).after(Duration.ofMillis(500)));
        Response reply = mesh.get("http://a/");
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.flags()).containsExactly(ResponseFlag.UT);
        assertThat(reply.attempts()).isEqualTo(1);
        assertThat(reply.details()).isEqualTo("upstream_per_try_timeout");
    }

    @Test
    void anUnsupportedWayOfChoosingAClusterServesNobody() {
        TestMesh mesh =
                mesh(new Resources().routes(route("/", forward(new ClusterSpecifier.Header("x-cluster"), null, null))));
        assertThat(mesh.get("http://a/").status()).isEqualTo(404);
    }

    private static TestMesh one(Answer answer) {
        return mesh(new Resources().routes(route("/", to("one"))).cluster("one", "10.0.0.1:80"), answer);
    }

    private static TestMesh mesh(Resources resources) {
        return mesh(resources, Answer.status(200));
    }

    private static TestMesh mesh(Resources resources, Answer answer) {
        return new TestMesh(resources, sent -> answer);
    }
}
