package io.inmesh.client.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener.Reporter;
import io.inmesh.api.spi.Workload;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TextRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock();
    private final List<String> written = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();

    @Test
    void theCalledSideHasItsCallerAndTheServerNameAskedFor() {
        AccessLog log = new AccessLog(AccessLogFormat.TEXT, this::keep, Runnable::run, clock, 4);
        log(log, Reporter.DESTINATION, TextRequest.get("http://httpbin/a?b").header("x-request-id", "7"));

        assertThat(written).hasSize(1);
        assertThat(written.get(0))
                .matches(
                        "\\[" + clock.now().toString().substring(0, 19)
                                + "\\.\\d{3}Z] \"GET /a\\?b HTTP/1\\.1\" 403 RL,UAEX denied - \"-\" 3 5 12 - \"-\" \"-\" \"7\" \"httpbin\""
                                + " \"10\\.0\\.0\\.9:8080\" - - 10\\.0\\.0\\.9:8080 10\\.0\\.0\\.1:4711 outbound_\\.80_\\._\\.httpbin -\n");
    }

    @Test
    void asJsonItHasThePeersIdentityToo() {
        AccessLog log = new AccessLog(AccessLogFormat.JSON, this::keep, Runnable::run, clock, 4);
        log(log, Reporter.DESTINATION, TextRequest.get("http://httpbin/a"));

        JsonObject line = JsonParser.parseString(written.get(0)).getAsJsonObject();
        assertThat(line.get("peer_principal").getAsString()).isEqualTo("spiffe://cluster.local/ns/a/sa/b");
        assertThat(line.get("reporter").getAsString()).isEqualTo("destination");
        assertThat(line.get("attempts").getAsInt()).isEqualTo(1);
        assertThat(line.get("response_flags").getAsString()).isEqualTo("RL,UAEX");
        assertThat(line.get("user_agent").isJsonNull()).isTrue();
    }

    @Test
    void aCallNeverWaitsForTheDisk() {
        AccessLog log = new AccessLog(AccessLogFormat.TEXT, this::keep, tasks::add, clock, 2);
        for (int i = 0; i < 5; i++) {
            log(log, Reporter.SOURCE, TextRequest.get("http://a/" + i));
        }
        assertThat(written).isEmpty();
        assertThat(log.dropped()).isEqualTo(3);
        assertThat(tasks).as("one task writes them all").hasSize(1);

        tasks.remove(0).run();
        assertThat(written).singleElement().asString().contains("GET /0 ", "GET /1 ");
        assertThat(log.written()).isEqualTo(2);

        log(log, Reporter.SOURCE, TextRequest.get("http://a/later"));
        tasks.remove(0).run();
        assertThat(written).hasSize(2);
    }

    @Test
    void aHeaderCannotBeginALineOfItsOwn() {
        AccessLog log = new AccessLog(AccessLogFormat.TEXT, this::keep, Runnable::run, clock, 4);
        log(
                log,
                Reporter.SOURCE,
                TextRequest.get("http://a/").header("user-agent", "x\r\n[2026-01-01T00:00:00.000Z] forged"));

        assertThat(written.get(0).lines()).hasSize(1);
    }

    @Test
    void anOutputThatFailsLosesLinesAndNothingElse() {
        AccessLog log = new AccessLog(
                AccessLogFormat.TEXT,
                lines -> {
                    throw new IOException("disk full");
                },
                Runnable::run,
                clock,
                4);
        log(log, Reporter.SOURCE, TextRequest.get("http://a/"));
        log(log, Reporter.SOURCE, TextRequest.get("http://a/"));

        assertThat(log.dropped()).isEqualTo(2);
    }

    @Test
    void writesToTheEndOfAFileAndToAStream() throws Exception {
        Path file = folder.resolve("access.log");
        Files.writeString(file, "before\n");
        AccessLog log = new AccessLog(AccessLogFormat.TEXT, AccessLogOutput.file(file), Runnable::run, clock, 4);
        log(log, Reporter.SOURCE, TextRequest.get("http://a/x"));
        log.close();
        assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("before");

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AccessLogOutput.to(new PrintStream(bytes, true, StandardCharsets.UTF_8)).write("line\n");
        assertThat(bytes).hasToString("line\n");
        assertThatThrownBy(() -> AccessLogOutput.file(folder.resolve("no/such/folder/log")))
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageContaining("access log cannot be written");
    }

    private void keep(CharSequence lines) {
        written.add(lines.toString());
    }

    private static void log(AccessLog log, Reporter reporter, TextRequest request) {
        log.callStarted(reporter, request)
                .callEnded(new CallReport(
                        403,
                        Set.of(ResponseFlag.RL, ResponseFlag.UAEX),
                        "denied",
                        CallReport.RouteNames.NONE,
                        new Workload("", "a", "", "", "", "", "", "spiffe://cluster.local/ns/a/sa/b"),
                        CallReport.Service.UNKNOWN,
                        true,
                        1,
                        Duration.ofMillis(12),
                        "",
                        new CallReport.Transfer(
                                "HTTP/1.1",
                                3,
                                5,
                                -1,
                                "10.0.0.9:8080",
                                "",
                                "10.0.0.9:8080",
                                "10.0.0.1:4711",
                                "outbound_.80_._.httpbin",
                                "",
                                ""),
                        List.of()));
    }
}
