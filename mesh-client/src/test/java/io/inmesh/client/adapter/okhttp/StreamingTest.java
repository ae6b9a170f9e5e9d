package io.inmesh.client.adapter.okhttp;

import static io.inmesh.client.adapter.okhttp.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.client.adapter.okhttp.FramedServer.Frame;
import io.inmesh.xds.model.route.RetryOn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP does beside one request and one answer, through the mesh and over real sockets, blocking and asynchronous. */
@Timeout(60)
class StreamingTest {

    private static final Request REQUEST =
            new Request.Builder().url("http://test/x").build();
    /** {@code :status 417}, its name from HPACK's static table. */
    private static final byte[] REFUSED = {8, 3, '4', '1', '7'};

    private static final byte[] EVENT = "data: tick\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void trailersArrive(boolean http2, boolean async) throws Exception {
        MockResponse.Builder body = new MockResponse.Builder();
        body = http2 ? body.body("a body in chunks") : body.chunkedBody("a body in chunks", 5);
        MockResponse answer =
                body.trailers(Headers.of("grpc-status", "0", "x-late", "yes")).build();
        try (Server server = http2 ? Server.http2(answer) : Server.http1(answer);
                TestMesh mesh = mesh(server.port(), http2);
                Response response = send(mesh.client().newCall(REQUEST), async)) {
            assertThat(response.body().string()).isEqualTo("a body in chunks");
            assertThat(response.trailers()).isEqualTo(Headers.of("grpc-status", "0", "x-late", "yes"));
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void aBodyWaitsForTheContinueThatItsCallerAskedFor(boolean http2, boolean async) throws Exception {
        MockResponse welcome =
                new MockResponse.Builder().add100Continue().code(201).build();
        try (Server server = http2 ? Server.http2(welcome) : Server.http1(welcome);
                TestMesh mesh = mesh(server.port(), http2);
                Response response = send(mesh.client().newCall(expecting(new Counted())), async)) {
            assertThat(response.code()).isEqualTo(201);
            assertThat(server.next().getBody().utf8()).isEqualTo("once");
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void aBodyThatNobodyWantsIsNotSent(boolean http2, boolean async) throws Exception {
        try (AutoCloseable server = http2
                        ? new FramedServer((peer, stream) -> peer.send(FramedServer.HEADERS, 5, stream, REFUSED))
                        : answering("HTTP/1.1 417 Expectation Failed\r\ncontent-length: 0\r\n\r\n", socket -> {});
                TestMesh mesh = mesh(port(server), http2)) {
            Counted body = new Counted();
            try (Response response = send(mesh.client().newCall(expecting(body)), async)) {
                assertThat(response.code()).isEqualTo(417);
            }
            assertThat(body.writes).isZero();
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    private static Request expecting(RequestBody body) {
        return REQUEST.newBuilder().header("Expect", "100-continue").post(body).build();
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void eventsFlowForAsLongAsTheyFlow(boolean http2, boolean async) throws Exception {
        CountDownLatch heard = new CountDownLatch(5);
        try (AutoCloseable server = http2 ? framedEvents(heard) : events(heard);
                TestMesh mesh = mesh(port(server), http2).timeouts(Duration.ZERO, Duration.ofMillis(200))) {
            OkHttpClient client = mesh.client(new OkHttpClient.Builder()
                    .readTimeout(Duration.ofMillis(1500))
                    .build());
            try (Response response = send(client.newCall(REQUEST), async)) {
                for (int i = 0; i < 5; i++) {
                    assertThat(response.body().source().readUtf8Line()).isEqualTo("data: tick");
                    assertThat(response.body().source().readUtf8Line()).isEmpty();
                    heard.countDown();
                }
                assertThat(response.body().source().exhausted()).isTrue();
            }
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRoutesTimeoutEndsAStreamOfEvents(boolean http2) throws Exception {
        CountDownLatch never = new CountDownLatch(100);
        try (AutoCloseable server = http2 ? framedEvents(never) : events(never);
                TestMesh mesh = mesh(port(server), http2).timeouts(Duration.ofMillis(1500), Duration.ZERO);
                Response response = mesh.client().newCall(REQUEST).execute()) {
            assertThat(response.body().source().readUtf8Line()).isEqualTo("data: tick");
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    @Test
    void aDuplexBodyIsWrittenWhileTheAnswerIsReadAndNeverTwice() throws Exception {
        Duplex body = new Duplex();
        try (FramedServer server = new FramedServer((peer, stream) -> {
                    peer.send(FramedServer.HEADERS, FramedServer.END_HEADERS, stream, new byte[] {(byte) 0x88});
                    peer.send(FramedServer.DATA, 0, stream, "first".getBytes(StandardCharsets.US_ASCII));
                });
                TestMesh mesh = mesh(server.port(), true).retries(3, RetryOn.FIVE_XX, RetryOn.RESET);
                Response response = mesh.client()
                        .newCall(REQUEST.newBuilder().post(body).build())
                        .execute()) {
            assertThat(response.body().source().readUtf8(5)).isEqualTo("first");
            BufferedSink sink = body.sink.get(5, TimeUnit.SECONDS);
            sink.writeUtf8("later").flush();
            until(() -> server.sent(FramedServer.DATA).stream()
                    .anyMatch(frame -> frame.payload().utf8().equals("later")));
            sink.close();
            Frame head = server.sent(FramedServer.HEADERS).get(0);
            server.peers().get(0).reset(head.stream(), 2);
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
            assertThat(server.sent(FramedServer.HEADERS)).hasSize(1);
        }
    }

    @Test
    void aDuplexBodyIsNotSentTwiceThoughItsStreamWasRefused() throws Exception {
        try (FramedServer server = new FramedServer((peer, stream) -> peer.reset(stream, FramedServer.REFUSED_STREAM));
                TestMesh mesh = mesh(server.port(), true).retries(3, RetryOn.REFUSED_STREAM);
                Response response = mesh.client()
                        .newCall(REQUEST.newBuilder().post(new Duplex()).build())
                        .execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(server.sent(FramedServer.HEADERS)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelledCallResetsItsStreamAndNoOther(boolean async) throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        try (FramedServer server = new FramedServer((peer, stream) -> arrived.countDown());
                TestMesh mesh = mesh(server.port(), true)) {
            Call cancelled = mesh.client().newCall(REQUEST);
            CompletableFuture<Response> first = start(cancelled, async);
            CompletableFuture<Response> second = start(mesh.client().newCall(REQUEST), async);
            arrived.await();
            cancelled.cancel();
            assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("Canceled");
            until(() -> !server.sent(FramedServer.RST_STREAM).isEmpty());
            Frame reset = server.sent(FramedServer.RST_STREAM).get(0);
            assertThat(reset.payload()).as("CANCEL").isEqualTo(ByteString.of((byte) 0, (byte) 0, (byte) 0, (byte) 8));
            int other = reset.stream() == 3 ? 5 : 3;
            server.peers().get(0).answer(other, "x");
            try (Response response = second.get(10, TimeUnit.SECONDS)) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }

    @Test
    void aCallCancelledWhileItsAnswerIsReadClosesItsConnection() throws Exception {
        MockResponse endless = new MockResponse.Builder()
                .body("0123456789".repeat(1000))
                .throttleBody(10, 1, TimeUnit.SECONDS)
                .build();
        try (Server server = Server.http1(endless);
                TestMesh mesh = mesh(server.port(), false)) {
            Call call = mesh.client().newCall(REQUEST);
            try (Response response = call.execute()) {
                assertThat(response.body().source().readUtf8(5)).isEqualTo("01234");
                call.cancel();
                assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
            }
            assertThat(mesh.cluster().connections().get()).isZero();
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"1000,3", "1048576,3", "1048577,1"})
    void aBodyIsSentAgainUpToABound(int bytes, int sent) throws Exception {
        MockResponse broken = new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
        try (Server server = Server.http1(broken, broken, Server.answer(200, "ok"));
                TestMesh mesh = mesh(server.port(), false).retries(2, RetryOn.RESET);
                Response response = mesh.client()
                        .newCall(REQUEST.newBuilder()
                                .post(RequestBody.create(new byte[bytes]))
                                .build())
                        .execute()) {
            assertThat(server.count()).isEqualTo(sent);
            assertThat(response.code()).isEqualTo(sent == 3 ? 200 : 503);
        }
    }

    private static TestMesh mesh(int port, boolean http2) {
        TestMesh mesh = TestMesh.to(port);
        return http2 ? mesh.http2() : mesh;
    }

    private Response send(Call call, boolean async) throws Exception {
        return async ? start(call, true).get(20, TimeUnit.SECONDS) : call.execute();
    }

    private CompletableFuture<Response> start(Call call, boolean async) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        if (!async) {
            threads.execute(() -> {
                try {
                    answer.complete(call.execute());
                } catch (IOException e) {
                    answer.completeExceptionally(e);
                }
            });
            return answer;
        }
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                answer.complete(response);
            }
        });
        return answer;
    }

    private static int port(AutoCloseable server) {
        return server instanceof FramedServer framed ? framed.port() : ((ServerSocket) server).getLocalPort();
    }

    /** One event after the other, each some time after the one before, until so many were heard. */
    private FramedServer framedEvents(CountDownLatch heard) throws IOException {
        return new FramedServer((peer, stream) -> {
            peer.send(FramedServer.HEADERS, FramedServer.END_HEADERS, stream, new byte[] {(byte) 0x88});
            threads.execute(() -> pace(
                    heard, event -> peer.send(FramedServer.DATA, event ? 0 : 1, stream, event ? EVENT : new byte[0])));
        });
    }

    private ServerSocket events(CountDownLatch heard) throws IOException {
        String head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
        return answering(
                head, socket -> pace(heard, event -> socket.getOutputStream().write(event ? EVENT : new byte[0])));
    }

    /** Answers one request with this head, goes on from there, and closes. */
    private ServerSocket answering(String head, Rest rest) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                for (String line = in.readLine(); !line.isEmpty(); ) {
                    line = in.readLine();
                }
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                rest.send(socket);
            } catch (IOException e) {
                // The client has gone.
            }
        });
        return server;
    }

    private static void pace(CountDownLatch heard, Events events) {
        try {
            long left = heard.getCount();
            while (left > 0) {
                events.send(true);
                // Longer than a per-try timeout, shorter than a read timeout.
                if (heard.await(250, TimeUnit.MILLISECONDS)) {
                    break;
                }
                left--;
            }
            events.send(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private interface Rest {
        void send(Socket socket) throws IOException;
    }

    private interface Events {
        void send(boolean event) throws IOException;
    }

    /** A body that tells how often it was written. */
    private static final class Counted extends RequestBody {

        private int writes;

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return 4;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            writes++;
            sink.writeUtf8("once");
        }
    }

    private static final class Duplex extends RequestBody {

        private final CompletableFuture<BufferedSink> sink = new CompletableFuture<>();

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public boolean isDuplex() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink to) {
            sink.complete(to);
        }
    }
}
