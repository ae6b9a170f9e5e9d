package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.ResponseFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/2 upstreams that mean harm: each call ends in a bounded, typed way, and nothing of it stays behind. */
@Timeout(60)
class HostileHttp2PeersTest {

    private static final Request REQUEST =
            new Request.Builder().url("http://test/x").build();
    private static final byte[] OK = {(byte) 0x88};
    private static final int CONTINUATION = 9;

    /** A header that HPACK does not know, of a thousand bytes. */
    private static final byte[] LONG_HEADER = longHeader();

    @Test
    void headersWithoutEnd() throws Exception {
        ends(
                (peer, stream) -> {
                    peer.send(FramedServer.HEADERS, 0, stream, OK);
                    while (true) {
                        peer.send(CONTINUATION, 0, stream, LONG_HEADER);
                    }
                },
                Duration.ZERO);
    }

    @Test
    void emptyContinuationsWithoutEnd() throws Exception {
        ends(
                (peer, stream) -> {
                    peer.send(FramedServer.HEADERS, 0, stream, OK);
                    while (true) {
                        peer.send(CONTINUATION, 0, stream, new byte[0]);
                    }
                },
                Duration.ofMillis(500));
    }

    @Test
    void informationalHeadsWithoutEnd() throws Exception {
        byte[] processing = {8, 3, '1', '0', '3'};
        ends(
                (peer, stream) -> {
                    while (true) {
                        peer.send(FramedServer.HEADERS, FramedServer.END_HEADERS, stream, processing);
                    }
                },
                Duration.ofMillis(500));
    }

    @Test
    void aFrameLongerThanAgreed() throws Exception {
        ends((peer, stream) -> peer.send(FramedServer.DATA, 0, stream, new byte[40_000]), Duration.ZERO);
    }

    @Test
    void framesThatAreNoHttp2() throws Exception {
        ends((peer, stream) -> peer.send(FramedServer.SETTINGS, 0, stream, new byte[3]), Duration.ZERO);
    }

    @Test
    void aHeadThatHpackCannotRead() throws Exception {
        ends(
                (peer, stream) -> peer.send(
                        FramedServer.HEADERS, FramedServer.END_HEADERS, stream, new byte[] {(byte) 0xff, 0x7f}),
                Duration.ZERO);
    }

    @Test
    void silence() throws Exception {
        ends((peer, stream) -> {}, Duration.ofMillis(300));
    }

    @Test
    void aBodyThatStopsHalfway() throws Exception {
        try (FramedServer server = new FramedServer((peer, stream) -> {
                    peer.send(FramedServer.HEADERS, FramedServer.END_HEADERS, stream, OK);
                    peer.send(FramedServer.DATA, 0, stream, new byte[10]);
                    peer.close();
                });
                TestMesh mesh = TestMesh.to(server.port()).http2();
                Response response = mesh.client().newCall(REQUEST).execute()) {
            assertThatThrownBy(() -> response.body().bytes()).isInstanceOf(IOException.class);
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    @Test
    void aBodyThatTricklesEndsWithTheRoutesTimeoutAndLeavesTheConnectionToOthers() throws Exception {
        try (FramedServer server = new FramedServer((peer, stream) -> {
                    if (stream > 3) {
                        peer.answer(stream, "x");
                        return;
                    }
                    peer.send(FramedServer.HEADERS, FramedServer.END_HEADERS, stream, OK);
                    peer.send(FramedServer.DATA, 0, stream, new byte[1]);
                });
                TestMesh mesh = TestMesh.to(server.port()).http2().timeouts(Duration.ofMillis(300), Duration.ZERO)) {
            try (Response response = mesh.client().newCall(REQUEST).execute()) {
                assertThatThrownBy(() -> response.body().bytes()).isInstanceOf(IOException.class);
            }
            try (Response response = mesh.client().newCall(REQUEST).execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    private static void ends(FramedServer.OnRequest harm, Duration timeout) throws IOException {
        try (FramedServer server = new FramedServer(harm);
                TestMesh mesh = TestMesh.to(server.port()).http2().timeouts(timeout, Duration.ZERO);
                Response response = mesh.client().newCall(REQUEST).execute()) {
            assertThat(response.code()).isBetween(502, 504);
            assertThat(MeshOutcome.of(response).orElseThrow().flags())
                    .isSubsetOf(ResponseFlag.UC, ResponseFlag.UPE, ResponseFlag.UR, ResponseFlag.UT)
                    .hasSize(1);
            assertThat(mesh.cluster().activeRequests().get()).isZero();
        }
    }

    private static byte[] longHeader() {
        byte[] header = new byte[1 + 2 + 3 + 1000];
        header[0] = 0;
        header[1] = 1;
        header[2] = 'x';
        // 1000 = 127 + 873, in HPACK's seven-bit groups.
        header[3] = 127;
        header[4] = (byte) (0x80 | (873 & 0x7f));
        header[5] = (byte) (873 >> 7);
        byte[] value = "y".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(value, 0, header, 6, value.length);
        return header;
    }
}
