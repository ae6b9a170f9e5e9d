package io.inmesh.client.adapter.okhttp;

import static io.inmesh.client.adapter.okhttp.Server.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.xds.model.route.RetryOn;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that break, time out or are given up: what the caller sees, what the host is blamed for, what reaches the wire. */
class BrokenCallsTest {

    private static final Request REVIEWS =
            new Request.Builder().url("http://reviews:9080/x").build();
    private static final MockResponse SILENCE = new MockResponse.Builder()
            .onResponseStart(SocketEffect.Stall.INSTANCE)
            .build();
    private static final MockResponse HALF = new MockResponse.Builder()
            .body("0123456789")
            .throttleBody(5, 30, TimeUnit.SECONDS)
            .build();

    private final BlockingQueue<CallReport> calls = new LinkedBlockingQueue<>();
    private final List<AttemptReport> attempts = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionThatEndsBeforeTheAnswerIsUc(boolean http2) throws Exception {
        MockResponse cut = new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
        try (Server server = http2 ? Server.http2(cut) : Server.http1(cut);
                TestMesh mesh = heard(http2 ? TestMesh.to(server.port()).http2() : TestMesh.to(server.port()));
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(flags(response)).containsExactly(ResponseFlag.UC);
        }
    }

    @Test
    void aRefusedStreamIsRetriedOnThatConditionAlone() throws Exception {
        int refusedStream = 7;
        MockResponse refused = new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseStream(refusedStream))
                .build();
        try (Server server = Server.http2(refused, answer(200, "second"));
                TestMesh mesh = TestMesh.to(server.port()).http2().retries(1, RetryOn.REFUSED_STREAM);
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(response.body().string()).isEqualTo("second");
        }
        try (Server server = Server.http2(refused, answer(200, "second"));
                TestMesh mesh = TestMesh.to(server.port()).http2().retries(1, RetryOn.CONNECT_FAILURE);
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(flags(response)).containsExactly(ResponseFlag.UR);
        }
    }

    @Test
    void whatIsNotHttpIsAProtocolError() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestMesh mesh = TestMesh.to(listener.getLocalPort())) {
            answering(listener, "SSH-2.0-nonsense\r\n\r\n");
            try (Response response = mesh.client().newCall(REVIEWS).execute()) {
                assertThat(response.code()).isEqualTo(502);
                assertThat(flags(response)).containsExactly(ResponseFlag.UPE);
            }
        }
    }

    @Test
    void anIdleConnectionThatThePeerClosedCostsNoRequest() throws Exception {
        String closing = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestMesh mesh = TestMesh.to(listener.getLocalPort())) {
            OkHttpClient client = mesh.client();
            for (int i = 0; i < 3; i++) {
                Thread closed = answering(listener, closing);
                try (Response response = client.newCall(REVIEWS).execute()) {
                    assertThat(response.code()).isEqualTo(200);
                    assertThat(response.body().string()).isEqualTo("ok");
                }
                closed.join(5000);
            }
            assertThat(mesh.cluster().connections().get())
                    .as("connections that were found closed are no longer counted")
                    .isOne();
        }
    }

    @Test
    void theRoutesTimeoutIsUt() throws Exception {
        try (Server server = Server.http1(SILENCE);
                TestMesh mesh = TestMesh.to(server.port()).timeouts(Duration.ofMillis(200), Duration.ZERO);
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(response.code()).isEqualTo(504);
            assertThat(flags(response)).containsExactly(ResponseFlag.UT);
        }
    }

    @Test
    void aPerTryTimeoutGivesTheNextAttemptItsChance() throws Exception {
        try (Server server = Server.http1(SILENCE, answer(200, "second"));
                TestMesh mesh = TestMesh.to(server.port())
                        .timeouts(Duration.ofSeconds(10), Duration.ofMillis(200))
                        .retries(1, RetryOn.RESET);
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThat(response.body().string()).isEqualTo("second");
        }
    }

    @Test
    void theApplicationsReadTimeoutCountsWhereTheRouteHasNone() throws Exception {
        OkHttpClient application =
                new OkHttpClient.Builder().readTimeout(Duration.ofMillis(200)).build();
        try (Server server = Server.http1(SILENCE);
                TestMesh mesh = heard(TestMesh.to(server.port()))) {
            assertThatThrownBy(() -> mesh.client(application).newCall(REVIEWS).execute())
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(end().flags()).containsExactly(ResponseFlag.DC);
        }
    }

    @Test
    void theRoutesTimeoutReplacesTheApplicationsReadTimeout() throws Exception {
        OkHttpClient application =
                new OkHttpClient.Builder().readTimeout(Duration.ofMillis(100)).build();
        MockResponse late = new MockResponse.Builder()
                .headersDelay(500, TimeUnit.MILLISECONDS)
                .body("late")
                .build();
        try (Server server = Server.http1(late);
                TestMesh mesh = TestMesh.to(server.port()).timeouts(Duration.ofSeconds(10), Duration.ZERO);
                Response response = mesh.client(application).newCall(REVIEWS).execute()) {
            assertThat(response.body().string()).isEqualTo("late");
        }
    }

    @Test
    void theApplicationsCallTimeoutCoversTheBodyAndBlamesNobody() throws Exception {
        OkHttpClient application =
                new OkHttpClient.Builder().callTimeout(Duration.ofMillis(500)).build();
        try (Server server = Server.http1(HALF);
                TestMesh mesh = heard(TestMesh.to(server.port()));
                Response response = mesh.client(application).newCall(REVIEWS).execute()) {
            assertThatThrownBy(() -> response.body().string())
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("timeout");
            assertThat(end().flags()).containsExactly(ResponseFlag.DC);
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelledCallReachesTheWire(boolean http2) throws Exception {
        try (Server server = http2 ? Server.http2(SILENCE) : Server.http1(SILENCE);
                TestMesh mesh = heard(http2 ? TestMesh.to(server.port()).http2() : TestMesh.to(server.port()))) {
            Call call = mesh.client().newCall(REVIEWS);
            Thread canceller = new Thread(() -> {
                try {
                    server.next();
                    call.cancel();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            canceller.start();

            assertThatThrownBy(call::execute).isInstanceOf(IOException.class).hasMessage("Canceled");
            assertThat(end().flags()).containsExactly(ResponseFlag.DC);
            assertThat(mesh.cluster().activeRequests().get()).isZero();
            if (!http2) {
                assertThat(mesh.cluster().connections().get())
                        .as("the connection is closed")
                        .isZero();
            }
            canceller.join(5000);
        }
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsToConnectEndsAtOnce() throws Exception {
        // A listener whose queue is full does not answer: connecting hangs.
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket one = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket two = new Socket(listener.getInetAddress(), listener.getLocalPort());
                TestMesh mesh = heard(TestMesh.to(listener.getLocalPort()).connectTimeout(Duration.ofSeconds(30)))) {
            Call call = mesh.client().newCall(REVIEWS);
            Thread canceller = new Thread(() -> {
                while (mesh.cluster().connections().get() == 0) {
                    Thread.onSpinWait();
                }
                call.cancel();
            });
            canceller.start();

            assertThatThrownBy(call::execute).isInstanceOf(IOException.class);
            assertThat(end().flags()).containsExactly(ResponseFlag.DC);
            assertThat(mesh.cluster().connections().get()).isZero();
            assertThat(one.isConnected() && two.isConnected()).isTrue();
            canceller.join(5000);
        }
    }

    @Test
    void aResponseClosedEarlyAfterItArrivedIsNoBrokenCall() throws Exception {
        try (Server server = Server.http1(answer(200, "unread"));
                TestMesh mesh = heard(TestMesh.to(server.port()))) {
            mesh.client().newCall(REVIEWS).execute().close();

            assertThat(end().flags()).isEmpty();
        }
    }

    @Test
    void aResponseThatBreaksOffIsUc() throws Exception {
        MockResponse cut = new MockResponse.Builder()
                .body("0123456789".repeat(100_000))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
        try (Server server = Server.http1(cut);
                TestMesh mesh = heard(TestMesh.to(server.port()));
                Response response = mesh.client().newCall(REVIEWS).execute()) {
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
            assertThat(end().flags()).containsExactly(ResponseFlag.UC);
        }
    }

    private TestMesh heard(TestMesh mesh) {
        return mesh.listener((reporter, request) -> new CallListener() {
            @Override
            public void attemptEnded(AttemptReport attempt) {
                attempts.add(attempt);
            }

            @Override
            public void callEnded(CallReport call) {
                calls.add(call);
            }
        });
    }

    private CallReport end() throws InterruptedException {
        CallReport call = calls.poll(5, TimeUnit.SECONDS);
        assertThat(call).as("the call ends").isNotNull();
        return call;
    }

    private static Iterable<ResponseFlag> flags(Response response) {
        return MeshOutcome.of(response).orElseThrow().flags();
    }

    /** Answers one connection's first request with this text and closes it. */
    private static Thread answering(ServerSocket listener, String text) {
        Thread thread = new Thread(() -> {
            try (Socket socket = listener.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }
}
