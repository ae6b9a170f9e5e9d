package io.inmesh.client.adapter.okhttp;

import static io.inmesh.client.adapter.okhttp.Server.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.TcpKeepalive;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import jdk.net.ExtendedSocketOptions;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionLifeTest {

    @Test
    void aConnectionCarriesAsManyRequestsAsItMay() throws Exception {
        try (Server server = Server.http1().always(answer(200, "x"));
                TestMesh mesh = TestMesh.to(server.port()).connections(2, null)) {
            assertThat(connections(server, mesh, 5)).containsExactly(0, 0, 1, 1, 2);
            assertThat(mesh.cluster().connections().get())
                    .as("a spent one is closed")
                    .isEqualTo(1);
        }
    }

    @Test
    void oneOfHttp2Too() throws Exception {
        try (Server server = Server.http2().always(answer(200, "x"));
                TestMesh mesh = TestMesh.to(server.port()).http2().connections(2, null)) {
            assertThat(connections(server, mesh, 5)).containsExactly(0, 0, 1, 1, 2);
        }
    }

    @Test
    void oneRequestEachIsNoKeepAlive() throws Exception {
        try (Server server = Server.http1().always(answer(200, "x"));
                TestMesh mesh = TestMesh.to(server.port()).connections(1, null)) {
            assertThat(connections(server, mesh, 3)).containsExactly(0, 1, 2);
            assertThat(mesh.cluster().connections().get()).isZero();
        }
    }

    @Test
    void afterItsTimeAConnectionTakesNoMore() throws Exception {
        try (Server server = Server.http1().always(answer(200, "x"));
                TestMesh mesh = TestMesh.to(server.port()).connections(0, Duration.ofNanos(1))) {
            assertThat(connections(server, mesh, 3)).containsExactly(0, 1, 2);
        }
        try (Server server = Server.http1().always(answer(200, "x"));
                TestMesh mesh = TestMesh.to(server.port()).connections(0, Duration.ofHours(1))) {
            assertThat(connections(server, mesh, 3)).containsExactly(0, 0, 0);
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterItsTimeoutAndNotBefore() throws Exception {
        try (MoodyServer server = new MoodyServer(new ConcurrentHashMap<>());
                TestMesh mesh = TestMesh.to(server.port()).idle(Duration.ofMillis(200))) {
            call(mesh.client());
            call(mesh.client());
            assertThat(server.connections()).isEqualTo(1);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (server.open() > 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(server.open()).isZero();
            assertThat(mesh.cluster().connections().get()).isZero();
            call(mesh.client());
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void anIdleTimeoutOfZeroIsNone() throws Exception {
        try (Server server = Server.http1().always(answer(200, "x"));
                TestMesh mesh = TestMesh.to(server.port()).idle(Duration.ZERO)) {
            assertThat(connections(server, mesh, 3)).containsExactly(0, 0, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionsSendTcpsOwnProbesWhereTheClusterSaysSo(boolean http2) throws Exception {
        for (TcpKeepalive probes : new TcpKeepalive[] {null, new TcpKeepalive(null, null, null)}) {
            try (Server server = http2 ? Server.http2(answer(200, "x")) : Server.http1(answer(200, "x"));
                    TestMesh mesh = TestMesh.to(server.port()).keepalive(probes)) {
                AtomicReference<Boolean> probed = new AtomicReference<>();
                call((http2 ? mesh.http2() : mesh)
                        .client(new OkHttpClient.Builder()
                                .addNetworkInterceptor(chain -> {
                                    probed.set(chain.connection().socket().getKeepAlive());
                                    return chain.proceed(chain.request());
                                })
                                .build()));
                assertThat(probed.get()).isEqualTo(probes != null);
            }
        }
    }

    @Test
    void noMoreConnectionsAreOpenedThanTheClusterAllows() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (MoodyServer server = new MoodyServer(new ConcurrentHashMap<>());
                TestMesh mesh =
                        TestMesh.to(server.port()).thresholds(new CircuitBreakers.Thresholds(2, 100, 100, 3, null))) {
            OkHttpClient client = mesh.client();
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                calls.add(threads.submit(() -> call(client)));
            }
            for (Future<Integer> call : calls) {
                assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo(200);
            }
            assertThat(server.connections()).isBetween(1, 2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keepAliveIsSetWhereThePlatformKnowsIt() throws IOException {
        try (Socket socket = new Socket()) {
            new ConnectionLife(0, 0, 1, 0, new TcpKeepalive(4L, Duration.ofSeconds(70), Duration.ofSeconds(9)))
                    .applyTo(socket);
            assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(70);
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL))
                        .isEqualTo(9);
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT))
                        .isEqualTo(4);
            }
        }
    }

    private static int call(OkHttpClient client) throws IOException {
        try (Response response = client.newCall(
                        new Request.Builder().url("http://test/x").build())
                .execute()) {
            response.body().bytes();
            return response.code();
        }
    }

    private static List<Integer> connections(Server server, TestMesh mesh, int calls) throws Exception {
        OkHttpClient client = mesh.client();
        List<Integer> connections = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            try (Response response = client.newCall(
                            new Request.Builder().url("http://test/x").build())
                    .execute()) {
                assertThat(response.body().string()).isEqualTo("x");
            }
            connections.add(server.next().getConnectionIndex());
        }
        return connections;
    }
}
