package io.inmesh.client.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener.Reporter;
import io.inmesh.api.spi.Workload;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TextRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies(new FakeClock());

    @Test
    void anyQuantileIsRightWithinASixteenth() {
        SplittableRandom random = new SplittableRandom(3);
        LatencyHistogram histogram = new LatencyHistogram();
        long[] values = new long[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 20);
            histogram.record(values[i], "", Instant.EPOCH);
        }
        Arrays.sort(values);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat(histogram.quantileMicros(share)).isBetween(exact, exact + exact / 16 + 1);
        }
        assertThat(histogram.count()).isEqualTo(values.length);
        assertThat(histogram.sumMicros()).isEqualTo(Arrays.stream(values).sum());
    }

    @Test
    void hugeAndNegativeValuesHaveAPlaceToo() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(Long.MAX_VALUE, "", Instant.EPOCH);
        histogram.record(-1, "", Instant.EPOCH);
        assertThat(histogram.count()).isEqualTo(2);
        assertThat(histogram.quantileMicros(0.5)).isZero();
    }

    @Test
    void theyAreKeptByRouteAndEndpointWithTheTraceOfOneCallOfEachMagnitude() throws Exception {
        end("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "10.0.0.1:80", Duration.ofMillis(2));
        end("00-11111111111111111111111111111111-00f067aa0ba902b7-01", "10.0.0.1:80", Duration.ofMillis(900));
        end("00-22222222222222222222222222222222-00f067aa0ba902b7-01", "10.0.0.1:80", Duration.ofMillis(901));
        end("x", "10.0.0.2:80", Duration.ofMillis(5));

        assertThat(page("")).isEqualTo("""
                reviews:9080 v1 10.0.0.1:80: 3 attempts, p50 917503 us, p90 917503 us, p99 917503 us, p999 917503 us
                reviews:9080 v1 10.0.0.2:80: 1 attempts, p50 5119 us, p90 5119 us, p99 5119 us, p999 5119 us
                """);
        assertThat(page("format=json"))
                .contains("4bf92f3577b34da6a3ce929d0e0e4736", "22222222222222222222222222222222")
                .doesNotContain("11111111111111111111111111111111");
        assertThat(page("filter=ratings")).isEmpty();
    }

    @Test
    void thereIsABoundBeyondWhichTheyAreCountedTogether() throws Exception {
        for (int i = 0; i < Latencies.MAX_SERIES + 50; i++) {
            end("", "10.0." + i / 250 + "." + i % 250 + ":80", Duration.ofMillis(1));
        }
        assertThat(latencies.sorted()).hasSize(Latencies.MAX_SERIES + 1);
        assertThat(page("")).startsWith("all others: 50 attempts");
    }

    private String page(String query) throws AdminQuery.NotUnderstoodException {
        return new LatencyPage(latencies).answer(AdminQuery.of(query)).body();
    }

    private void end(String traceparent, String address, Duration duration) {
        CallListener call = latencies.callStarted(
                Reporter.SOURCE, TextRequest.get("http://reviews/").header("traceparent", traceparent));
        assertThat(call).isNotNull();
        call.callEnded(new CallReport(
                200,
                Set.of(),
                "via_upstream",
                new CallReport.RouteNames("reviews:9080", "v1", "c", "", ""),
                Workload.UNKNOWN,
                CallReport.Service.UNKNOWN,
                false,
                1,
                duration,
                "",
                CallReport.Transfer.UNKNOWN,
                List.of(new AttemptReport(1, "c", address, 200, null, "", false, duration))));
    }
}
