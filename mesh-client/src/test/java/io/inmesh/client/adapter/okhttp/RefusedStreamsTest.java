package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.route.RetryOn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an HTTP/2 server says it has not looked at is sent again, a POST too; what it may have looked at is not. */
@Timeout(60)
class RefusedStreamsTest {

    private static final Request GET =
            new Request.Builder().url("http://test/x").build();
    private static final Request POST =
            GET.newBuilder().post(RequestBody.create(new byte[10])).build();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aRefusedStreamIsSentAgain(String method) throws Exception {
        AtomicInteger seen = new AtomicInteger();
        try (FramedServer server = new FramedServer((peer, stream) -> {
                    if (seen.getAndIncrement() < 2) {
                        peer.reset(stream, FramedServer.REFUSED_STREAM);
                    } else {
                        peer.answer(stream, "x");
                    }
                });
                TestMesh mesh = TestMesh.to(server.port()).http2().retries(2, RetryOn.REFUSED_STREAM)) {
            assertThat(status(mesh.client(), method.equals("GET") ? GET : POST)).isEqualTo(200);
            assertThat(seen.get()).isEqualTo(3);
            // OkHttp gives a connection up that has refused twice.
            assertThat(server.connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void withoutTheConditionItIsUr() throws Exception {
        try (FramedServer server = new FramedServer((peer, stream) -> peer.reset(stream, FramedServer.REFUSED_STREAM));
                TestMesh mesh = TestMesh.to(server.port()).http2().retries(2, RetryOn.CONNECT_FAILURE);
                Response response = mesh.client().newCall(GET).execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(MeshOutcome.of(response).orElseThrow().flags()).containsExactly(ResponseFlag.UR);
            assertThat(server.sent(FramedServer.HEADERS)).hasSize(1);
        }
    }

    /** An error that does not say that nothing was done. */
    @Test
    void aStreamThatIsResetOtherwiseIsNotRefused() throws Exception {
        try (FramedServer server = new FramedServer((peer, stream) -> peer.reset(stream, 2));
                TestMesh mesh = TestMesh.to(server.port()).http2().retries(2, RetryOn.REFUSED_STREAM);
                Response response = mesh.client().newCall(POST).execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(MeshOutcome.of(response).orElseThrow().flags()).containsExactly(ResponseFlag.UR);
            assertThat(server.sent(FramedServer.HEADERS)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void streamsAboveTheLastOfAGoAwayAreSentAgainOnAnotherConnection(boolean closes) throws Exception {
        try (FramedServer server = new FramedServer((peer, stream) -> {
                    if (peer.index() > 0) {
                        peer.answer(stream, "x");
                        return;
                    }
                    peer.goAway(0);
                    if (closes) {
                        peer.end();
                    }
                });
                TestMesh mesh = TestMesh.to(server.port()).http2().retries(1, RetryOn.REFUSED_STREAM)) {
            assertThat(status(mesh.client(), POST)).isEqualTo(200);
            assertThat(server.sent(FramedServer.HEADERS)).hasSize(2);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void streamsUpToTheLastOfAGoAwayEndWhereTheyAre() throws Exception {
        CountDownLatch two = new CountDownLatch(2);
        try (FramedServer server = new FramedServer((peer, stream) -> {
                    two.countDown();
                    if (peer.index() > 0) {
                        peer.answer(stream, "new");
                    } else if (stream == 3) {
                        threads.execute(() -> finishAfter(two, peer, stream));
                        peer.goAway(3);
                    }
                });
                TestMesh mesh = TestMesh.to(server.port()).http2()) {
            OkHttpClient client = mesh.client();
            Future<String> old = threads.submit(() -> body(client, POST));
            Eventually.until(() -> !server.sent(FramedServer.HEADERS).isEmpty());
            Eventually.until(() ->
                    server.peers().get(0).sentGoAway() && body(client, GET).equals("new"));
            assertThat(old.get(20, TimeUnit.SECONDS)).isEqualTo("old");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    /** A server that goes away again and again under load: whatever it has not looked at comes again, whatever it has does not. */
    @Test
    void noPostIsDoubledAndNoneLostUnderServersThatGoAway() throws Exception {
        Map<String, Integer> answered = new ConcurrentHashMap<>();
        try (FramedServer server = new FramedServer((peer, stream) -> {
                    if (stream < 61) {
                        answered.merge(peer.index() + "/" + stream, 1, Integer::sum);
                        peer.answer(stream, "x");
                        if (stream == 59) {
                            peer.goAway(59);
                        }
                    }
                });
                TestMesh mesh = TestMesh.to(server.port())
                        .http2()
                        .retries(10, RetryOn.REFUSED_STREAM)
                        .thresholds(new CircuitBreakers.Thresholds(1024, 1024, 1024, 1024, null))) {
            OkHttpClient client = mesh.client();
            List<Future<String>> calls = IntStream.range(0, 200)
                    .mapToObj(call -> threads.submit(() -> outcome(client, POST)))
                    .toList();
            for (Future<String> call : calls) {
                assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo("200 []");
            }
            assertThat(answered).hasSize(200);
            assertThat(server.connections()).isGreaterThanOrEqualTo(200 / 30);
        }
    }

    private static void finishAfter(CountDownLatch what, FramedServer.Peer peer, int stream) {
        try {
            what.await();
            peer.answer(stream, "old");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String outcome(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
            MeshOutcome outcome = MeshOutcome.of(response).orElseThrow();
            return response.code() + " " + (outcome.localReply() == null ? List.of() : outcome.ledger());
        }
    }

    private static int status(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
            return response.code();
        }
    }

    private static String body(OkHttpClient client, Request request) {
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
