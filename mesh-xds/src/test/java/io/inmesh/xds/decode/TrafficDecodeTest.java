package io.inmesh.xds.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.listener.HttpConnectionManager;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.model.listener.RouteSpecifier;
import io.inmesh.xds.model.route.ClusterSpecifier;
import io.inmesh.xds.model.route.Forward;
import io.inmesh.xds.model.route.HttpFault;
import io.inmesh.xds.model.route.PathMatch;
import io.inmesh.xds.model.route.PerFilterConfig;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.route.RetryPolicy;
import io.inmesh.xds.model.route.Route;
import io.inmesh.xds.model.tls.UpstreamTls;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the model says of a real istiod's resources, against the YAML that they came from. */
class TrafficDecodeTest {

    @Test
    void theCanarysWeights() {
        List<Map<String, Long>> weights = routes("myapp-canary-client")
                .filter(route -> route.action() instanceof Forward)
                .map(route -> ((Forward) route.action()).cluster())
                .filter(ClusterSpecifier.Weighted.class::isInstance)
                .map(weighted -> ((ClusterSpecifier.Weighted) weighted)
                        .clusters().stream()
                                .collect(Collectors.toMap(
                                        cluster -> cluster.name().split("\\|", -1)[2],
                                        ClusterSpecifier.WeightedCluster::weight)))
                .toList();

        assertThat(weights)
                .containsExactlyInAnyOrder(
                        Map.of("v1", 80L, "v2", 20L), Map.of("v1", 80L, "v2", 20L), Map.of("v1", 90L, "v2", 10L));
    }

    @Test
    void theHeaderThatTellsTestersApart() {
        Route route = routes("reviews-client")
                .filter(candidate -> !candidate.match().headers().isEmpty())
                .findFirst()
                .orElseThrow();

        assertThat(route.match().headers())
                .containsExactly(new HeaderMatch(
                        "end-user",
                        new HeaderMatch.Condition.Value(new StringMatch.Exact("jason", false)),
                        false,
                        false));
        assertThat(route.match().path()).isEqualTo(new PathMatch.Prefix("/", true));
        assertThat(route.metadata().istioConfig().orElseThrow())
                .startsWith("/apis/networking.istio.io/v1/namespaces/bookinfo/virtual-service/");
    }

    @Test
    void istiosDefaultRetries() {
        RetryPolicy policy = routes("permissive-client")
                .filter(route -> route.action() instanceof Forward forward && forward.retryPolicy() != null)
                .map(route -> Objects.requireNonNull(((Forward) route.action()).retryPolicy()))
                .findFirst()
                .orElseThrow();

        assertThat(policy.retryOn())
                .contains(RetryOn.CONNECT_FAILURE, RetryOn.REFUSED_STREAM, RetryOn.UNAVAILABLE)
                .doesNotContain(RetryOn.RESET);
        assertThat(policy.unknownRetryOn()).isEmpty();
        assertThat(policy.numRetries()).isEqualTo(2);
        assertThat(policy.perTryTimeout()).isNull();
        assertThat(policy.hostSelection()).isEqualTo(new RetryPolicy.HostSelection(5, true, 0));
        assertThat(policy.backOff()).isEqualTo(RetryPolicy.BackOff.DEFAULT);
    }

    @Test
    void anAbsentTimeoutAndOneOfZeroAreDifferentThings() {
        assertThat(routes("permissive-client")
                        .filter(route -> route.action() instanceof Forward)
                        .map(route -> ((Forward) route.action()).timeouts().timeout()))
                .isNotEmpty()
                .allMatch(Duration.ZERO::equals);
        Message forward = Message.of(io.inmesh.xds.envoy.RouteActions.RouteAction.TYPE)
                .with(io.inmesh.xds.envoy.RouteActions.RouteAction.CLUSTER, "c");
        Forward decoded = Fields.decode(forward, "", new Report(), ForwardDecoder::decode);
        assertThat(decoded.timeouts().timeout()).isNull();
    }

    @Test
    void injectedFaults() {
        List<HttpFault> faults = routes("cap-routes")
                .flatMap(route -> route.perFilterConfig().values().stream())
                .filter(PerFilterConfig.Fault.class::isInstance)
                .map(config -> ((PerFilterConfig.Fault) config).fault())
                .toList();

        assertThat(faults)
                .extracting(HttpFault::delay)
                .filteredOn(Objects::nonNull)
                .isNotEmpty();
        assertThat(faults)
                .extracting(HttpFault::abort)
                .contains(new HttpFault.Abort.Grpc(14, new FractionalPercent(500_000, 1_000_000)));
    }

    @Test
    void outlierDetectionWithEnvoysDefaultsForWhatIstioLeavesOut() {
        OutlierDetection detection =
                Objects.requireNonNull(cluster("cap-balancing", found -> found.outlierDetection() != null)
                        .outlierDetection());

        assertThat(detection.consecutiveLocalOriginFailure().enforcing()).isEqualTo(100);
        assertThat(detection.maxEjectionTime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(detection.successRate().enforcing()).isZero();
    }

    @Test
    void automaticMutualTls() {
        Cluster cluster = cluster(
                "reviews-client", found -> found.name().equals("outbound|9080|v2|reviews.bookinfo.svc.cluster.local"));

        assertThat(cluster.discovery()).isEqualTo(new Discovery.Eds(cluster.name()));
        assertThat(cluster.transport().matches()).hasSize(2);
        assertThat(cluster.transport().matches().get(0).match()).isEqualTo(Map.of("tlsMode", "istio"));
        UpstreamTls tls = (UpstreamTls) cluster.transport().matches().get(0).socket();
        assertThat(tls.sni()).isEqualTo("outbound_.9080_.v2_.reviews.bookinfo.svc.cluster.local");
        assertThat(tls.common().unsupported()).isEmpty();
        assertThat(Objects.requireNonNull(tls.common().validation()).subjectAltNames())
                .extracting(san -> san.match())
                .containsExactly(
                        new StringMatch.Exact("spiffe://cluster.local/ns/bookinfo/sa/bookinfo-reviews", false));
    }

    @Test
    void loadBalancingOfEveryKind() {
        List<LbPolicy> policies = Captures.decoded("cap-balancing", ResourceDecoder.CLUSTERS)
                .map(cluster -> cluster.orThrow().lbPolicy())
                .toList();

        assertThat(policies)
                .contains(
                        new LbPolicy.RingHash(2048, 8_388_608, LbPolicy.HashFunction.XX_HASH),
                        new LbPolicy.Maglev(65_537),
                        new LbPolicy.Random(),
                        new LbPolicy.LeastRequest(2, 1.0, new LbPolicy.SlowStart(Duration.ofMinutes(1), 1.5, 20)));
    }

    @Test
    void aListenerNamesTheRoutesThatItAsksFor() {
        Listener listener = Captures.decoded("reviews-client", ResourceDecoder.LISTENERS)
                .map(Decoded::orThrow)
                .filter(candidate -> candidate.name().equals("0.0.0.0_9080"))
                .findFirst()
                .orElseThrow();

        assertThat(listener.filterChains().get(0).httpConnectionManager().map(HttpConnectionManager::routes))
                .contains(new RouteSpecifier.Rds("9080"));
    }

    private static Stream<Route> routes(String folder) {
        return Captures.decoded(folder, ResourceDecoder.ROUTE_CONFIGURATIONS)
                .flatMap(configuration -> configuration.orThrow().virtualHosts().stream())
                .flatMap(host -> host.routes().stream())
                .filter(route -> !route.name().equals("allow_any"));
    }

    private static Cluster cluster(String folder, Predicate<Cluster> wanted) {
        return Captures.decoded(folder, ResourceDecoder.CLUSTERS)
                .map(Decoded::orThrow)
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }
}
