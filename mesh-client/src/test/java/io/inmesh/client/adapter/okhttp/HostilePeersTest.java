package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.ResponseFlag;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Upstreams that mean harm: each call ends in a bounded, typed way, and nothing of it stays behind. */
@Timeout(60)
class HostilePeersTest {

    private static final Request REQUEST =
            new Request.Builder().url("http://test/x").build();

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    HostilePeersTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    @Test
    void headersWithoutEnd() throws IOException {
        answerWith(out -> {
            write(out, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; ; i++) {
                write(out, "x-" + i + ": " + "y".repeat(1000) + "\r\n");
            }
        });
        expectLocalReply();
    }

    @Test
    void aHeadOfOneEndlessLine() throws IOException {
        answerWith(out -> {
            write(out, "HTTP/1.1 200 ");
            while (true) {
                write(out, "O".repeat(10_000));
            }
        });
        expectLocalReply();
    }

    @Test
    void somethingThatIsNotHttp() throws IOException {
        answerWith(out -> write(out, "\u0000\u0001 SSH-2.0\r\n\r\n"));
        expectLocalReply();
    }

    @Test
    void aBodyThatTricklesEndsWithTheRoutesTimeout() throws IOException {
        answerWith(out -> {
            write(out, "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
            while (!Thread.currentThread().isInterrupted()) {
                write(out, "x");
                Thread.onSpinWait();
                pause();
            }
        });
        try (TestMesh mesh = TestMesh.to(server.getLocalPort()).timeouts(Duration.ofMillis(500), Duration.ZERO);
                Response response = mesh.client().newCall(REQUEST).execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThatThrownBy(() -> response.body().bytes()).isInstanceOf(IOException.class);
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    @Test
    void aChunkWithoutEndIsNoWayAroundTheTimeout() throws IOException {
        answerWith(out -> {
            write(out, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            while (!Thread.currentThread().isInterrupted()) {
                write(out, "1\r\nx\r\n");
                pause();
            }
        });
        try (TestMesh mesh = TestMesh.to(server.getLocalPort()).timeouts(Duration.ofMillis(500), Duration.ZERO);
                Response response = mesh.client().newCall(REQUEST).execute()) {
            assertThatThrownBy(() -> response.body().bytes()).isInstanceOf(IOException.class);
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    @Test
    void aPeerThatTakesTheConnectionAndIsSilent() throws IOException {
        answerWith(out -> pause());
        try (TestMesh mesh = TestMesh.to(server.getLocalPort()).timeouts(Duration.ofMillis(300), Duration.ZERO);
                Response response = mesh.client().newCall(REQUEST).execute()) {
            assertThat(response.code()).isEqualTo(504);
            assertThat(MeshOutcome.of(response).orElseThrow().flags()).containsExactly(ResponseFlag.UT);
            assertThat(mesh.cluster().connections().get()).isZero();
        }
    }

    private void expectLocalReply() throws IOException {
        try (TestMesh mesh = TestMesh.to(server.getLocalPort());
                Response response = mesh.client().newCall(REQUEST).execute()) {
            assertThat(response.code()).isBetween(502, 503);
            assertThat(MeshOutcome.of(response).orElseThrow().flags())
                    .isSubsetOf(ResponseFlag.UC, ResponseFlag.UPE)
                    .isNotEmpty();
            assertThat(mesh.cluster().connections().get()).isZero();
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void answerWith(Answer answer) {
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    threads.execute(() -> serve(socket, answer));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void serve(Socket socket, Answer answer) {
        try (socket) {
            socket.getInputStream().read();
            answer.to(socket.getOutputStream());
            // Until the caller gives up.
            while (socket.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            // The caller has gone, as it should.
        }
    }

    private interface Answer {
        void to(OutputStream out) throws IOException;
    }
}
