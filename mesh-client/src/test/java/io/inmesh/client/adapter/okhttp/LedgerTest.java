package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.LocalReplyException;
import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.AttemptReport.Phases;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.route.RetryOn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Who was asked for one call, what came of it, and where the time went: on the response, in the exception and for listeners. */
class LedgerTest {

    private static final Request REVIEWS =
            new Request.Builder().url("http://reviews:9080/x").build();

    @Test
    void everyAttemptStandsOnTheResponse() throws Exception {
        try (Server server = Server.http1(answer(503), answer(200));
                TestMesh mesh = TestMesh.to(server.port()).retries(1, RetryOn.FIVE_XX);
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            List<AttemptReport> ledger = MeshOutcome.of(response).orElseThrow().ledger();

            assertThat(ledger).extracting(AttemptReport::attempt).containsExactly(1, 2);
            assertThat(ledger).extracting(AttemptReport::status).containsExactly(503, 200);
            assertThat(ledger).extracting(AttemptReport::retried).containsExactly(true, false);
            assertThat(ledger)
                    .extracting(AttemptReport::address)
                    .containsOnly(ledger.get(0).address());
            assertThat(ledger.get(0).address()).endsWith(":" + server.port());
            Phases first = ledger.get(0).phases();
            Phases second = ledger.get(1).phases();
            assertThat(first.connect()).as("a connection was opened").isNotNull();
            assertThat(second.connect()).as("the connection was there").isNull();
            for (AttemptReport attempt : ledger) {
                assertThat(attempt.phases().queue()).isBetween(Duration.ZERO, attempt.duration());
                assertThat(attempt.phases().firstByte()).isBetween(Duration.ZERO, attempt.duration());
                assertThat(attempt.phases().tls()).isNull();
            }
        }
    }

    @Test
    void waitingForAConnectionIsTimeInTheQueue() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Server server = Server.http1(answer(200), answer(200));
                TestMesh mesh =
                        TestMesh.to(server.port()).thresholds(new CircuitBreakers.Thresholds(1, 1024, 1024, 3, null))) {
            Response first = mesh.client().newCall(REVIEWS).execute();
            Future<Response> second =
                    other.submit(() -> mesh.client().newCall(REVIEWS).execute());
            long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (mesh.cluster().pendingRequests().get() == 0) {
                assertThat(System.nanoTime()).as("the second one waits").isLessThan(limit);
                Thread.onSpinWait();
            }
            long waiting = System.nanoTime();
            first.close();
            long atLeast = System.nanoTime() - waiting;

            try (Response response = second.get(20, TimeUnit.SECONDS)) {
                List<AttemptReport> ledger =
                        MeshOutcome.of(response).orElseThrow().ledger();
                assertThat(ledger).singleElement().satisfies(attempt -> {
                    assertThat(attempt.phases().queue()).isBetween(Duration.ofNanos(atLeast), attempt.duration());
                    assertThat(attempt.phases().connect())
                            .as("of the first one")
                            .isNull();
                });
            }
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void theExceptionTellsOfEveryAttempt() throws Exception {
        try (TestMesh mesh =
                TestMesh.to(closedPort()).retries(1, RetryOn.CONNECT_FAILURE).throwing()) {
            assertThatThrownBy(() -> mesh.client().newCall(REVIEWS).execute())
                    .isInstanceOfSatisfying(LocalReplyException.class, e -> {
                        assertThat(e.attempts()).hasSize(2);
                        assertThat(e.attempts().get(0))
                                .matches("1 .*:\\d+ test UF remote connection failure after \\d+ ms.*");
                        assertThat(e).hasMessageContaining("; attempts: 1 ");
                    });
        }
    }

    @Test
    void aCallThatHadNoHostSaysSo() throws Exception {
        try (TestMesh mesh = TestMesh.to();
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            MeshOutcome outcome = MeshOutcome.of(response).orElseThrow();
            assertThat(outcome.ledger()).singleElement().satisfies(attempt -> {
                assertThat(attempt.flag()).isEqualTo(ResponseFlag.UH);
                assertThat(attempt.address()).isEmpty();
            });
            assertThat(outcome).hasToString("local reply 503 [UH] [1 no host test UH no healthy upstream after 0 ms]");
        }
    }

    @Test
    void listenersHearWhatWasCarried() throws Exception {
        Heard heard = new Heard();
        try (Server server = Server.http1(answer(200));
                TestMesh mesh = TestMesh.to(server.port()).listener(heard);
                Response response = mesh.client()
                        .newCall(REVIEWS.newBuilder()
                                .post(RequestBody.create("0123456789", MediaType.get("text/plain")))
                                .build())
                        .execute()) {
            assertThat(response.body().string()).isEqualTo("hello");
            assertThat(server.next().getHeaders().get("x-request-id"))
                    .as("known in advance: the report is made when the body has been read")
                    .isEqualTo(heard.reports.get(0).transfer().requestId())
                    .isNotEmpty();
        }
        CallReport.Transfer transfer = heard.reports.get(0).transfer();
        assertThat(transfer.requestBytes()).isEqualTo(10);
        assertThat(transfer.responseBytes()).isEqualTo(5);
        assertThat(transfer.protocol()).isEqualTo("HTTP/1.1");
        assertThat(transfer.upstream()).endsWith(":" + heard.port);
        assertThat(transfer.upstreamLocal()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(heard.reports.get(0).ledger()).hasSize(1);
    }

    @Test
    void aSubsetIsReadFromIstiosNameOfTheCluster() {
        assertThat(attempt("outbound|9080|v1|reviews.default.svc.cluster.local").subset())
                .isEqualTo("v1");
        assertThat(attempt("outbound|9080||reviews.default.svc.cluster.local").subset())
                .isEmpty();
        assertThat(attempt("PassthroughCluster").subset()).isEmpty();
    }

    private static AttemptReport attempt(String cluster) {
        return new AttemptReport(1, cluster, "", 200, null, "", false, Duration.ZERO);
    }

    private static MockResponse answer(int status) {
        return new MockResponse.Builder().code(status).body("hello").build();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Keeps what it is told. */
    private static final class Heard implements MeshListener {

        private final List<CallReport> reports = new ArrayList<>();
        private String port = "";

        @Override
        public CallListener callStarted(Reporter reporter, MeshRequest request) {
            return new CallListener() {
                @Override
                public void attemptEnded(AttemptReport attempt) {
                    port = attempt.address().substring(attempt.address().lastIndexOf(':') + 1);
                }

                @Override
                public void callEnded(CallReport call) {
                    reports.add(call);
                }
            };
        }
    }
}
