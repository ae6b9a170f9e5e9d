package io.inmesh.client.adapter.okhttp;

import static io.inmesh.client.adapter.okhttp.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.client.adapter.okhttp.FramedServer.Frame;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Http2Keepalive;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a cluster says of its HTTP/2 connections, counted at a server. */
@Timeout(60)
class Http2ConnectionsTest {

    private static final Request REQUEST =
            new Request.Builder().url("http://test/x").build();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aConnectionCarriesAsManyStreamsAtATimeAsItMay() throws Exception {
        CountDownLatch all = new CountDownLatch(10);
        Queue<Integer> connections = new ConcurrentLinkedQueue<>();
        try (FramedServer server = new FramedServer((peer, stream) -> {
                    connections.add(peer.index());
                    all.countDown();
                    later(all, () -> peer.answer(stream, "x"));
                });
                TestMesh mesh = TestMesh.to(server.port()).http2().streams(3)) {
            assertThat(statuses(mesh.client(), 10)).containsOnly(200);
            assertThat(server.connections()).isEqualTo(4);
            assertThat(connections.stream().filter(index -> index == 0)).hasSize(3);
            assertThat(statuses(mesh.client(), 3)).containsOnly(200);
            assertThat(server.connections()).as("what is open serves").isEqualTo(4);
        }
    }

    @Test
    void whoeverCallsAtTheSameTimeSharesTheOneConnectionThatIsOpened() throws Exception {
        try (FramedServer server = new FramedServer((peer, stream) -> peer.answer(stream, "x"));
                TestMesh mesh = TestMesh.to(server.port()).http2()) {
            assertThat(statuses(mesh.client(), 20)).containsOnly(200);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void idleConnectionsArePinged() throws Exception {
        try (FramedServer server = new FramedServer((peer, stream) -> peer.answer(stream, "x"));
                TestMesh mesh = TestMesh.to(server.port())
                        .http2()
                        .pings(new Http2Keepalive(Duration.ofMillis(500), Duration.ofSeconds(10)))) {
            assertThat(statuses(mesh.client(), 1)).containsExactly(200);
            until(() -> pings(server) >= 3);
            assertThat(server.peers()).noneMatch(FramedServer.Peer::gone);
        }
    }

    @Test
    void aConnectionWhosePingsAreNotAnsweredIsClosedAndItsCallsFail() throws Exception {
        try (FramedServer server = new FramedServer((peer, stream) -> {}, false);
                TestMesh mesh = TestMesh.to(server.port())
                        .http2()
                        .pings(new Http2Keepalive(Duration.ofMillis(100), Duration.ofMillis(50)));
                Response response = mesh.client().newCall(REQUEST).execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(MeshOutcome.of(response).orElseThrow().flags()).containsExactly(ResponseFlag.UC);
            until(() -> server.peers().get(0).gone());
            assertThat(pings(server)).as("not one by one of each call").isEqualTo(1);
        }
    }

    @Test
    void aClusterThatSpeaksWhatItsCallersDoSpeaksHttp2WithAClientThatWould() throws Exception {
        OkHttpClient http2 = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .build();
        try (FramedServer server = new FramedServer((peer, stream) -> peer.answer(stream, "x"));
                TestMesh mesh = TestMesh.to(server.port()).asCalled()) {
            assertThat(statuses(mesh.client(http2), 1)).containsExactly(200);
        }
        try (Server server = Server.http1(Server.answer(200, "x"));
                TestMesh mesh = TestMesh.to(server.port()).asCalled()) {
            assertThat(statuses(mesh.client(), 1)).containsExactly(200);
        }
    }

    private static long pings(FramedServer server) {
        return server.sent(FramedServer.PING).stream()
                .filter(frame -> frame.flags() == 0)
                .map(Frame::connection)
                .count();
    }

    private List<Integer> statuses(OkHttpClient client, int calls) throws Exception {
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            running.add(threads.submit(() -> {
                try (Response response = client.newCall(REQUEST).execute()) {
                    response.body().bytes();
                    return response.code();
                }
            }));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> call : running) {
            statuses.add(call.get(30, TimeUnit.SECONDS));
        }
        return statuses;
    }

    private void later(CountDownLatch when, Answer answer) {
        threads.execute(() -> {
            try {
                when.await();
                answer.send();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private interface Answer {
        void send() throws IOException;
    }
}
