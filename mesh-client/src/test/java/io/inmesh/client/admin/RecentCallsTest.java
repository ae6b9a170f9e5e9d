package io.inmesh.client.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.AttemptReport.Phases;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener.Reporter;
import io.inmesh.api.spi.Workload;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TextRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentCallsTest {

    private static final String CLUSTER = "outbound|9080|v1|reviews.shop.svc.cluster.local";
    private static final AttemptReport FAILED = new AttemptReport(
            1, CLUSTER, "10.0.0.1:9080", 0, ResponseFlag.UF, "remote connection failure", true, Duration.ofMillis(3));
    private static final AttemptReport ANSWERED = new AttemptReport(
            2,
            CLUSTER,
            "10.0.0.2:9080",
            200,
            null,
            "",
            false,
            Duration.ofMillis(9),
            new Phases(Duration.ofNanos(50_000), Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5)));

    private final RecentCalls recent = new RecentCalls(new FakeClock());
    private final AttemptsPage page = new AttemptsPage(recent);

    @Test
    void showsEachAttemptOfTheLatestCallsFirst() throws Exception {
        end("http://reviews:9080/old", report(200, Set.of(), List.of(ANSWERED)));
        end("http://reviews:9080/new?token=secret", report(200, Set.of(), List.of(FAILED, ANSWERED)));

        assertThat(text("")).isEqualTo("""
                2026-01-01T00:00:00Z GET reviews:9080/new 200 via_upstream after 12 ms
                  1 10.0.0.1:9080 outbound|9080|v1|reviews.shop.svc.cluster.local UF remote connection failure after 3 ms
                  2 10.0.0.2:9080 outbound|9080|v1|reviews.shop.svc.cluster.local 200 after 9 ms, queue 50 us, connect 1000 us, tls 2000 us, first byte 5000 us
                2026-01-01T00:00:00Z GET reviews:9080/old 200 via_upstream after 12 ms
                  2 10.0.0.2:9080 outbound|9080|v1|reviews.shop.svc.cluster.local 200 after 9 ms, queue 50 us, connect 1000 us, tls 2000 us, first byte 5000 us
                """);
        JsonObject first = JsonParser.parseString(text("format=json"))
                .getAsJsonObject()
                .getAsJsonArray("calls")
                .get(0)
                .getAsJsonObject();
        JsonObject attempt = first.getAsJsonArray("attempts").get(0).getAsJsonObject();
        assertThat(attempt.get("subset").getAsString()).isEqualTo("v1");
        assertThat(attempt.get("flag").getAsString()).isEqualTo("UF");
        assertThat(attempt.get("retried").getAsBoolean()).isTrue();
        assertThat(attempt.has("tls_us")).isFalse();
    }

    @Test
    void goodCallsDoNotWashAwayBadOnesAndAllIsBounded() throws Exception {
        end("http://reviews:9080/bad", report(503, Set.of(ResponseFlag.UF), List.of(FAILED)));
        for (int i = 0; i < 1_000; i++) {
            end("http://ratings:9080/good", report(200, Set.of(), List.of(ANSWERED)));
        }
        assertThat(recent.latest(false)).hasSize(256);
        assertThat(text("")).doesNotContain("/bad");
        assertThat(text("notable"))
                .startsWith("2026-01-01T00:00:00Z GET reviews:9080/bad 503 UF")
                .doesNotContain("/good");
        assertThat(text("notable&filter=ratings")).isEmpty();
    }

    @Test
    void callsThatComeInAreNoneOfIts() {
        assertThat(recent.callStarted(Reporter.DESTINATION, TextRequest.get("http://a/")))
                .isNull();
    }

    private String text(String query) throws AdminQuery.NotUnderstoodException {
        return page.answer(AdminQuery.of(query)).body();
    }

    private void end(String url, CallReport report) {
        CallListener call = recent.callStarted(Reporter.SOURCE, TextRequest.get(url));
        assertThat(call).isNotNull();
        call.callEnded(report);
    }

    private static CallReport report(int status, Set<ResponseFlag> flags, List<AttemptReport> ledger) {
        return new CallReport(
                status,
                flags,
                "via_upstream",
                CallReport.RouteNames.NONE,
                Workload.UNKNOWN,
                CallReport.Service.UNKNOWN,
                false,
                ledger.size(),
                Duration.ofMillis(12),
                "",
                CallReport.Transfer.UNKNOWN,
                ledger);
    }
}
