package io.inmesh.client.adapter.okhttp;

import static io.inmesh.client.adapter.okhttp.Server.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.xds.model.cluster.TcpKeepalive;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

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
    void keepAliveIsSetWhereThePlatformKnowsIt() throws IOException {
        try (Socket socket = new Socket()) {
            new ConnectionLife(0, 0, new TcpKeepalive(4L, Duration.ofSeconds(70), Duration.ofSeconds(9)))
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
