package io.inmesh.client.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener.Reporter;
import io.inmesh.api.spi.Workload;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IstioMetricsTest {

    private static final Workload SELF = new Workload(
            "web-v1", "shop", "web", "v1", "web", "v1", "Kubernetes", "spiffe://cluster.local/ns/shop/sa/web");
    private static final Workload REVIEWS = new Workload(
            "reviews-v2",
            "shop",
            "reviews",
            "v2",
            "reviews",
            "v2",
            "Kubernetes",
            "spiffe://cluster.local/ns/shop/sa/reviews");
    private static final CallReport.Service SERVICE =
            new CallReport.Service("reviews.shop.svc.cluster.local", "reviews", "shop");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final IstioMetrics metrics = new IstioMetrics(registry, SELF);

    @Test
    void theCallersReportReadsAsIstios() {
        end(Reporter.SOURCE, report(200, Set.of(), true, Duration.ofMillis(7)));

        assertThat(registry.scrape())
                .contains("istio_requests_total{connection_security_policy=\"unknown\",destination_app=\"reviews\","
                        + "destination_canonical_revision=\"v2\",destination_canonical_service=\"reviews\","
                        + "destination_cluster=\"Kubernetes\","
                        + "destination_principal=\"spiffe://cluster.local/ns/shop/sa/reviews\","
                        + "destination_service=\"reviews.shop.svc.cluster.local\",destination_service_name=\"reviews\","
                        + "destination_service_namespace=\"shop\",destination_version=\"v2\","
                        + "destination_workload=\"reviews-v2\",destination_workload_namespace=\"shop\","
                        + "grpc_response_status=\"\",reporter=\"source\",request_protocol=\"http\","
                        + "response_code=\"200\",response_flags=\"-\",source_app=\"web\","
                        + "source_canonical_revision=\"v1\",source_canonical_service=\"web\","
                        + "source_cluster=\"Kubernetes\","
                        + "source_principal=\"spiffe://cluster.local/ns/shop/sa/web\",source_version=\"v1\","
                        + "source_workload=\"web-v1\",source_workload_namespace=\"shop\"} 1.0");
    }

    @Test
    void durationsAreMillisecondsInIstiosBuckets() {
        end(Reporter.SOURCE, report(200, Set.of(), true, Duration.ofMillis(7)));

        List<String> lines = registry.scrape()
                .lines()
                .filter(line -> line.startsWith("istio_request_duration_milliseconds"))
                .toList();
        assertThat(lines)
                .filteredOn(line -> line.contains("le=\"5.0\""))
                .singleElement()
                .asString()
                .endsWith(" 0");
        assertThat(lines)
                .filteredOn(line -> line.contains("le=\"10.0\""))
                .singleElement()
                .asString()
                .endsWith(" 1");
        assertThat(lines).filteredOn(line -> line.contains("_bucket")).hasSize(20);
        assertThat(lines)
                .filteredOn(line -> line.contains("_sum"))
                .singleElement()
                .asString()
                .endsWith(" 7.0");
    }

    @Test
    void bytesAreThoseOfTheBodies() {
        end(
                Reporter.SOURCE,
                new CallReport(
                        200,
                        Set.of(),
                        "via_upstream",
                        CallReport.RouteNames.NONE,
                        REVIEWS,
                        SERVICE,
                        true,
                        1,
                        Duration.ZERO,
                        "",
                        new CallReport.Transfer("HTTP/1.1", 30, 700, 1, "", "", "", "", "", "", ""),
                        List.of()));

        assertThat(registry.scrape().lines().filter(line -> line.startsWith("istio_re") && line.contains("bytes_sum")))
                .anySatisfy(line ->
                        assertThat(line).startsWith("istio_request_bytes_sum").endsWith(" 30.0"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("istio_response_bytes_sum").endsWith(" 700.0"))
                .hasSize(2);
    }

    @Test
    void theCalledSideTellsWhetherTheConnectionWasMutualTls() {
        end(Reporter.DESTINATION, report(200, Set.of(), true, Duration.ZERO));
        end(Reporter.DESTINATION, report(200, Set.of(), false, Duration.ZERO));

        assertThat(series()).anySatisfy(line -> assertThat(line)
                .contains("reporter=\"destination\"")
                .contains("connection_security_policy=\"mutual_tls\"")
                .contains("source_workload=\"reviews-v2\"")
                .contains("destination_workload=\"web-v1\"")
                .contains("source_principal=\"spiffe://cluster.local/ns/shop/sa/reviews\""));
        assertThat(series()).anySatisfy(line -> assertThat(line)
                .contains("connection_security_policy=\"none\"")
                .contains("source_principal=\"unknown\""));
    }

    @Test
    void flagsAreJoinedInEnvoysOrder() {
        end(Reporter.SOURCE, report(503, Set.of(ResponseFlag.URX, ResponseFlag.UF), false, Duration.ZERO));

        assertThat(series()).singleElement().asString().contains("response_flags=\"UF,URX\"");
    }

    @Test
    void callsOfUnknownPeersHaveAllLabelsToo() {
        end(
                Reporter.SOURCE,
                new CallReport(
                        404,
                        Set.of(ResponseFlag.NR),
                        "route_not_found",
                        CallReport.RouteNames.NONE,
                        Workload.UNKNOWN,
                        CallReport.Service.UNKNOWN,
                        false,
                        0,
                        Duration.ZERO,
                        ""));

        assertThat(series()).singleElement().asString().contains("destination_service=\"unknown\"");
        assertThat(series()).singleElement().asString().contains("destination_workload=\"unknown\"");
    }

    @Test
    void seriesAreBounded() {
        for (int i = 0; i < 2_500; i++) {
            CallReport.Service service = new CallReport.Service("host" + i, "host" + i, "shop");
            end(
                    Reporter.SOURCE,
                    new CallReport(
                            200,
                            Set.of(),
                            "via_upstream",
                            CallReport.RouteNames.NONE,
                            REVIEWS,
                            service,
                            true,
                            1,
                            Duration.ZERO,
                            ""));
        }
        assertThat(series()).hasSize(2_001);
        assertThat(series()).anySatisfy(line -> assertThat(line).endsWith(" 500.0"));
    }

    private List<String> series() {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("istio_requests_total"))
                .toList();
    }

    private void end(Reporter reporter, CallReport report) {
        CallListener call = metrics.callStarted(reporter, new Head());
        Objects.requireNonNull(call).callEnded(report);
    }

    private static CallReport report(int status, Set<ResponseFlag> flags, boolean mutualTls, Duration duration) {
        return new CallReport(
                status,
                flags,
                "via_upstream",
                CallReport.RouteNames.NONE,
                REVIEWS,
                SERVICE,
                mutualTls,
                1,
                duration,
                "");
    }

    /** An ordinary GET. */
    static final class Head implements MeshRequest {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String authority() {
            return "reviews:9080";
        }

        @Override
        public String path() {
            return "/x";
        }

        @Override
        public String header(String name) {
            return null;
        }

        @Override
        public List<String> headerValues(String name) {
            return List.of();
        }
    }
}
