package io.inmesh.client.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.fixture.Captures;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.match.Fraction;
import io.inmesh.client.resilience.FaultDelay;
import io.inmesh.client.resilience.FaultPolicy;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.CompiledVirtualHost;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.RouteTable;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.tls.TransportSocket;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where calls land under what a real istiod sent for the tutorial. */
class CapturedRoutesTest {

    private final SplittableRandom chance = new SplittableRandom(3);

    @Test
    void jasonGoesToV2AndOthersByWeight() {
        MeshSnapshot snapshot = snapshot("reviews-client");
        TextRequest jason = TextRequest.get("http://reviews:9080/reviews/0").header("end-user", "jason");
        for (int i = 0; i < 50; i++) {
            assertThat(cluster(snapshot, jason)).isEqualTo("outbound|9080|v2|reviews.bookinfo.svc.cluster.local");
        }
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            counts.merge(cluster(snapshot, TextRequest.get("http://reviews:9080/reviews/0")), 1, Integer::sum);
        }
        assertThat(counts.get("outbound|9080|v1|reviews.bookinfo.svc.cluster.local"))
                .isBetween(15_700, 16_300);
        assertThat(counts.get("outbound|9080|v2|reviews.bookinfo.svc.cluster.local"))
                .isBetween(3_700, 4_300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reviews:9080",
                "reviews.bookinfo:9080",
                "reviews.bookinfo.svc:9080",
                "reviews.bookinfo.svc.cluster.local:9080",
                "reviews.bookinfo.svc.cluster.local.:9080",
                "10.96.154.47:9080"
            })
    void aServiceHasManyNames(String authority) {
        CompiledRoute route = route(snapshot("reviews-client"), TextRequest.get("http://" + authority + "/"));
        assertThat(route.virtualHost()).isEqualTo("reviews.bookinfo.svc.cluster.local:9080");
        assertThat(route.istioConfig())
                .isEqualTo("/apis/networking.istio.io/v1/namespaces/bookinfo/virtual-service/reviews");
    }

    @Test
    void unknownHostsAndPortsPassThrough() {
        MeshSnapshot snapshot = snapshot("reviews-client");
        assertThat(cluster(snapshot, TextRequest.get("http://example.com:9080/")))
                .isEqualTo("PassthroughCluster");
        assertThat(cluster(snapshot, TextRequest.get("http://example.com:1234/")))
                .isEqualTo("PassthroughCluster");
        assertThat(cluster(snapshot, TextRequest.get("https://example.com/"))).isEqualTo("PassthroughCluster");
        UpstreamCluster cluster = snapshot.cluster("PassthroughCluster");
        assertThat(cluster).isNotNull();
        assertThat(cluster.originalDestination()).isNotNull();
    }

    @Test
    void anEndpointGetsMutualTlsByItsMetadata() {
        UpstreamCluster cluster =
                snapshot("reviews-client").cluster("outbound|9080|v2|reviews.bookinfo.svc.cluster.local");
        assertThat(cluster).isNotNull();
        assertThat(cluster.http2(false)).isTrue();
        assertThat(cluster.service().name()).isEqualTo("reviews");
        assertThat(cluster.service().namespace()).isEqualTo("bookinfo");
        List<Endpoint> endpoints = cluster.balancer().endpoints().endpoints();
        assertThat(endpoints).isNotEmpty().allSatisfy(endpoint -> {
            assertThat(endpoint.transport()).isInstanceOfSatisfying(UpstreamTls.class, tls -> assertThat(tls.sni())
                    .isEqualTo("outbound_.9080_.v2_.reviews.bookinfo.svc.cluster.local"));
            assertThat(endpoint.workload().namespace()).isEqualTo("bookinfo");
        });
    }

    @Test
    void theTutorialsFaultIsOnItsRoute() {
        CompiledRoute route = route(snapshot("reviews-client"), TextRequest.get("http://ratings:9080/"));
        assertThat(route.fault()).isNotNull();
        assertThat(route.fault().delay()).isEqualTo(new FaultDelay(5_000_000_000L, new Fraction(100_000, 1_000_000)));
        assertThat(route.fault().abort().answer()).isEqualTo(new FaultPolicy.Answer(500, -1));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, http://server/EXACT, exact-ignore-case",
        "GET, http://server/item/12/detail?x, regex",
        "DELETE, http://server/any, method-scheme-authority",
        "GET, http://server/old/x, redirect",
        "GET, http://server/api/x, rewrite",
        "GET, http://server/noretry, no-retries",
        "GET, http://server:9090/item/1, regex",
        "GET, http://server:7000/item/1, regex"
    })
    void everyKindOfMatchFindsItsRoute(String method, String url, String name) {
        assertThat(route(snapshot("cap-routes"), TextRequest.of(method, url)).name())
                .isEqualTo(name);
    }

    @Test
    void aTableThatIsBoundToAServiceTakesNoOtherHosts() {
        MeshSnapshot snapshot = snapshot("cap-routes");
        assertThat(route(snapshot, TextRequest.get("http://other.example.com:7000/item/1"))
                        .name())
                .isNotEqualTo("regex");
    }

    @Test
    void prefixRewriteReplacesWhatMatched() {
        TextRequest request = TextRequest.get("http://server/api/v1?q=1");
        CompiledRoute route = route(snapshot("cap-routes"), request);
        assertThat(route.target()).isInstanceOfSatisfying(RouteTarget.Forward.class, forward -> {
            assertThat(forward.rewrite().path(request)).isEqualTo("/v1?q=1");
            assertThat(forward.rewrite().authority(request, "")).startsWith("rewritten");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reviews-client",
                "reviews-timeouts-client",
                "myapp-canary-client",
                "myapp-header-client",
                "permissive-client",
                "cap-services",
                "cap-routes",
                "cap-balancing",
                "cap-authz-client",
                "cap-telemetry"
            })
    void nothingThatIstiodSendsIsRefused(String folder) {
        Compilation compilation = compile(folder);
        assertThat(compilation.rejections()).isEmpty();
        assertThat(compilation.snapshot().clusters()).isNotEmpty();
        assertThat(compilation.snapshot().ports()).isNotEmpty();
        assertThat(compilation.snapshot().unmatched()).isNotNull();
    }

    @Test
    void plaintextEndpointsStayPlaintext() {
        MeshSnapshot snapshot = snapshot("cap-services");
        assertThat(snapshot.clusters().values())
                .flatExtracting(cluster -> cluster.balancer().endpoints().endpoints())
                .extracting(endpoint -> (Object) endpoint.transport().getClass())
                .contains(TransportSocket.Raw.class);
    }

    private String cluster(MeshSnapshot snapshot, TextRequest request) {
        long random = chance.nextLong();
        CompiledRoute route = route(snapshot, request, random);
        return ((RouteTarget.Forward) route.target()).clusters().choose(random).cluster();
    }

    private CompiledRoute route(MeshSnapshot snapshot, TextRequest request) {
        return route(snapshot, request, chance.nextLong());
    }

    private static CompiledRoute route(MeshSnapshot snapshot, TextRequest request, long random) {
        int colon = request.authority().lastIndexOf(':');
        int port = colon < 0 ? 80 : Integer.parseInt(request.authority().substring(colon + 1));
        RouteTable table = request.scheme().equals("http") ? snapshot.table(port, request.authority()) : null;
        @Nullable CompiledRoute route = snapshot.unmatched();
        if (table != null) {
            CompiledVirtualHost host = table.hosts().find(request.authority());
            route = host == null ? null : host.match(request, random);
        }
        assertThat(route).isNotNull();
        return route;
    }

    private MeshSnapshot snapshot(String folder) {
        return compile(folder).snapshot();
    }

    private Compilation compile(String folder) {
        return new OutboundCompiler(new HostRegistry(new FakeClock(), chance), chance)
                .compile(Captures.of(folder), Compilation.nothing());
    }
}
