package io.inmesh.client.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddressRaceTest {

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void theFirstThatAnswersWins() throws Exception {
        InetSocketAddress good = listening();

        assertThat(winner(5000, good, listening())).isEqualTo(good);
        assertThat(winner(5000, refusing(), refusing(), good)).isEqualTo(good);
        assertThat(winner(0, refusing(), good)).isEqualTo(good);
    }

    @Test
    void whoIsSilentIsOvertakenAndNotWaitedFor() throws Exception {
        InetSocketAddress good = listening();

        assertThat(winner(5000, silent(), good)).isEqualTo(good);
    }

    @Test
    void ifAllFailTheRaceHasFailed() {
        assertThatThrownBy(() -> winner(5000, refusing(), refusing())).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> winner(400, silent(), silent())).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void whoeverClosesItEndsIt() throws Exception {
        AddressRace race = new AddressRace(List.of(silent(), silent()), MeshClock.system());
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread runner = new Thread(() -> {
            try {
                race.run(60_000).close();
                end.complete(new AssertionError("nobody answers"));
            } catch (IOException | RuntimeException e) {
                end.complete(e);
            }
        });
        runner.start();
        race.close();

        assertThat(end.get()).isNotInstanceOf(AssertionError.class);
        runner.join();
    }

    @Test
    void familiesTakeTurns() throws Exception {
        InetSocketAddress a4 = address("10.0.0.1");
        InetSocketAddress b4 = address("10.0.0.2");
        InetSocketAddress a6 = address("fd00::1");
        InetSocketAddress b6 = address("fd00::2");

        assertThat(AddressRace.inTurn(List.of(a4, b4, a6, b6))).containsExactly(a4, a6, b4, b6);
        assertThat(AddressRace.inTurn(List.of(a6, b6, a4))).containsExactly(a6, a4, b6);
    }

    private static InetSocketAddress winner(int timeoutMillis, InetSocketAddress... addresses) throws IOException {
        try (SocketChannel won = new AddressRace(List.of(addresses), MeshClock.system()).run(timeoutMillis)) {
            assertThat(won.isBlocking()).isTrue();
            return (InetSocketAddress) won.getRemoteAddress();
        }
    }

    private static InetSocketAddress address(String literal) throws IOException {
        return new InetSocketAddress(InetAddress.getAllByName(literal)[0], 80);
    }

    private InetSocketAddress listening() throws IOException {
        ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        open.add(server);
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private InetSocketAddress refusing() throws IOException {
        Socket bound = new Socket();
        open.add(bound);
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return (InetSocketAddress) bound.getLocalSocketAddress();
    }

    /** Its queue of connections is full: the kernel answers no further one. */
    private InetSocketAddress silent() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(server);
        for (boolean full = false; !full; ) {
            Socket waiting = new Socket();
            open.add(waiting);
            try {
                waiting.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                full = true;
            }
        }
        return (InetSocketAddress) server.getLocalSocketAddress();
    }
}
