package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.endpoint;
import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static io.inmesh.client.fixture.Resources.virtualHost;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.inmesh.client.fixture.Resources;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.MetadataValue;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.cluster.UpstreamTransport;
import io.inmesh.xds.model.endpoint.LbEndpoint.HealthStatus;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import io.inmesh.xds.model.route.PathMatch;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.route.Route;
import io.inmesh.xds.model.route.RouteMatch;
import io.inmesh.xds.model.tls.CertificateSource;
import io.inmesh.xds.model.tls.CommonTls;
import io.inmesh.xds.model.tls.PeerValidation;
import io.inmesh.xds.model.tls.SanMatch;
import io.inmesh.xds.model.tls.TrustSource;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people and programs read about one request, word for word. */
class ExplanationTest {

    private static final Metadata SOURCE = new Metadata(Map.of(
            "istio",
            struct("config", "/apis/networking.istio.io/v1/namespaces/shop/virtual-service/reviews"),
            "inmesh",
            struct("origin", "reviews.yaml:7")));

    @Test
    void asTextForPeople() {
        assertThat(explain().text()).isEqualTo("""
                forward
                  route configuration 80
                  virtual host reviews
                  route everyone of virtual-service shop/reviews (reviews.yaml:7)
                    not jason of virtual-service shop/reviews (reviews.yaml:7): header end-user is "anna", not as asked: exact "jason"
                    not v2 of virtual-service shop/reviews (reviews.yaml:7): path is not prefix "/v2"
                  timeout 3000 ms
                  retries 2 on reset,connect-failure
                    per try timeout off
                    back-off up to 25 ms, growing to 250 ms
                    hosts already tried are avoided
                  1/1 one
                    balancing LEAST_REQUEST
                    connect timeout 10000 ms
                    limits connections 1024, pending requests 1024, requests 1024, retries 3
                    endpoint 10.0.0.1:80 weight 2 priority 0 in eu/a HEALTHY, 0 active
                      PLAINTEXT
                    endpoint 10.0.0.2:80 weight 1 priority 0 in eu/a UNHEALTHY, 0 active
                      PLAINTEXT
                """);
    }

    @Test
    void asJsonForPrograms() {
        assertThat(JsonParser.parseString(explain().json())).isEqualTo(JsonParser.parseString("""
                {"verdict": "forward", "route_configuration": "80", "virtual_host": "reviews", "route": "everyone",
                 "virtual_service": {"resource": "virtual-service shop/reviews", "origin": "reviews.yaml:7",
                   "config": "/apis/networking.istio.io/v1/namespaces/shop/virtual-service/reviews"},
                 "missed": [
                   {"route": "jason", "reason": "header end-user is \\"anna\\", not as asked: exact \\"jason\\"",
                    "virtual_service": {"resource": "virtual-service shop/reviews", "origin": "reviews.yaml:7",
                      "config": "/apis/networking.istio.io/v1/namespaces/shop/virtual-service/reviews"}},
                   {"route": "v2", "reason": "path is not prefix \\"/v2\\"",
                    "virtual_service": {"resource": "virtual-service shop/reviews", "origin": "reviews.yaml:7",
                      "config": "/apis/networking.istio.io/v1/namespaces/shop/virtual-service/reviews"}}],
                 "fault": "", "rewrite": "",
                 "policy": {"timeout_ms": 3000, "per_try_timeout_ms": 0, "retry_on": ["reset", "connect-failure"],
                   "num_retries": 2, "back_off_ms": 25, "max_back_off_ms": 250, "avoids_previous_hosts": true},
                 "clusters": [{"cluster": "one", "weight": 1, "total_weight": 1, "known": true,
                   "balancing": "LEAST_REQUEST", "panic": false, "connect_timeout_ms": 10000,
                   "limits": "connections 1024, pending requests 1024, requests 1024, retries 3",
                   "outlier_detection": "",
                   "endpoints": [
                     {"address": "10.0.0.1:80", "priority": 0, "weight": 2, "locality": "eu/a", "health": "HEALTHY",
                      "ejected": false, "ejections": 0, "active_requests": 0, "security": "PLAINTEXT",
                      "server_name": "", "identities": []},
                     {"address": "10.0.0.2:80", "priority": 0, "weight": 1, "locality": "eu/a", "health": "UNHEALTHY",
                      "ejected": false, "ejections": 0, "active_requests": 0, "security": "PLAINTEXT",
                      "server_name": "", "identities": []}]}]}"""));
    }

    @Test
    void aDecisionThatNeedsNoUpstreamSaysOnlyWhatItIs() {
        TestMesh mesh = new TestMesh(
                new Resources().table("80", virtualHost("a", List.of("a"), route("/x", to("gone")))),
                sent -> BareTransport.Answer.status(200));

        assertThat(mesh.pipeline.explain(TextRequest.get("http://a/y")).text()).isEqualTo("""
                reply 404
                  route configuration 80
                  virtual host a
                    not /x: path is not prefix "/x"
                """);
        assertThat(mesh.pipeline.explain(TextRequest.get("http://a/x")).text())
                .contains("1/1 gone\n    no such cluster");
    }

    @Test
    void whoIsExpectedAtAnEndpointAndWhyItIsOut() {
        Resources resources = new Resources()
                .table("80", virtualHost("a", List.of("a"), route("/", to("one"))))
                .cluster(secured("one", "spiffe://mesh/ns/shop/sa/a", "spiffe://mesh/ns/shop/sa/b"))
                .endpoints("one", "10.0.0.1:80");
        TestMesh mesh = new TestMesh(resources, sent -> BareTransport.Answer.status(503));
        assertThat(mesh.get("http://a/").status()).isEqualTo(503);

        assertThat(mesh.pipeline.explain(TextRequest.get("http://a/")).text())
                .contains("endpoint 10.0.0.1:80 weight 1 priority 0 UNKNOWN, ejected (1 times so far), 0 active")
                .contains("MUTUAL as outbound_.80_._.a\n      "
                        + "expects spiffe://mesh/ns/shop/sa/a or spiffe://mesh/ns/shop/sa/b");

        mesh.push(resources.cluster(secured("one")));
        assertThat(mesh.pipeline.explain(TextRequest.get("http://a/")).text())
                .contains("expects any identity of the trust bundle");
    }

    @Test
    void anAddressThatTheCallerKeepsIsExplainedToo() {
        TestMesh mesh = new TestMesh(
                new Resources()
                        .table("80", virtualHost("a", List.of("a"), route("/", to("one"))))
                        .cluster(Resources.originalDst("one")),
                sent -> BareTransport.Answer.status(200));

        assertThat(mesh.pipeline.explain(TextRequest.get("http://a/")).text())
                .contains("balancing PASSTHROUGH", "endpoint of the URL", "PLAINTEXT");
    }

    private static Cluster secured(String name, String... identities) {
        CommonTls common = new CommonTls(
                List.of("istio"),
                List.of(new CertificateSource.Sds("default")),
                new PeerValidation(
                        new TrustSource.Sds("ROOTCA"),
                        Stream.of(identities)
                                .map(identity ->
                                        new SanMatch(SanMatch.Type.ANY, new StringMatch.Exact(identity, false)))
                                .toList()),
                null,
                null,
                List.of(),
                List.of());
        Cluster plain = Resources.cluster(
                name,
                new LbPolicy.RoundRobin(null),
                new CommonLb(0, new CommonLb.LocalityMode.None()),
                CircuitBreakers.DEFAULT,
                new OutlierDetection(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(300),
                        Duration.ZERO,
                        100,
                        false,
                        new OutlierDetection.Consecutive(1, 100),
                        new OutlierDetection.Consecutive(5, 0),
                        new OutlierDetection.Consecutive(5, 0),
                        false,
                        OutlierDetection.DEFAULT.successRate(),
                        OutlierDetection.DEFAULT.failurePercentage()));
        return new Cluster(
                plain.name(),
                plain.discovery(),
                plain.connectTimeout(),
                plain.lbPolicy(),
                plain.commonLb(),
                plain.circuitBreakers(),
                plain.outlierDetection(),
                plain.httpProtocolOptions(),
                new UpstreamTransport(List.of(), new UpstreamTls("outbound_.80_._.a", common)),
                null,
                plain.metadata());
    }

    private static Explanation explain() {
        Route jason = named(
                "jason",
                new RouteMatch(
                        new PathMatch.Prefix("/", true),
                        List.of(new HeaderMatch(
                                "end-user",
                                new HeaderMatch.Condition.Value(new StringMatch.Exact("jason", false)),
                                false,
                                false)),
                        List.of(),
                        null,
                        false));
        Route v2 = named("v2", new RouteMatch(new PathMatch.Prefix("/v2", true), List.of(), List.of(), null, false));
        Route everyone =
                named("everyone", new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(), null, false));
        TestMesh mesh = new TestMesh(
                new Resources()
                        .table("80", virtualHost("reviews", List.of("reviews"), jason, v2, everyone))
                        .cluster(Resources.defaultCluster("one"))
                        .endpoints(
                                "one",
                                new LocalityLbEndpoints(
                                        new Locality("eu", "a", ""),
                                        0,
                                        0,
                                        List.of(
                                                endpoint("10.0.0.1:80", HealthStatus.HEALTHY, 2),
                                                endpoint("10.0.0.2:80", HealthStatus.UNHEALTHY, 1)))),
                sent -> BareTransport.Answer.status(200));
        return mesh.pipeline.explain(TextRequest.get("http://reviews/reviews/1").header("end-user", "anna"));
    }

    private static Route named(String name, RouteMatch match) {
        return new Route(
                name,
                match,
                to("one", Duration.ofSeconds(3), retry(2, RetryOn.RESET, RetryOn.CONNECT_FAILURE)),
                HeaderMutations.NONE,
                Map.of(),
                SOURCE,
                null);
    }

    private static MetadataValue.Struct struct(String field, String text) {
        return new MetadataValue.Struct(Map.of(field, new MetadataValue.Text(text)));
    }
}
