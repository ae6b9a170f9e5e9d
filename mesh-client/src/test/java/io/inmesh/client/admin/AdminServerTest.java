package io.inmesh.client.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.client.Mesh;
import io.inmesh.testkit.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {

    @Test
    void isOffUnlessAskedFor() {
        try (Mesh mesh = Mesh.builder().files(capture()).build()) {
            assertThat(mesh.adminPort()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example.com",
                "rebound.example.com:80",
                "127.0.0.1.example.com",
                "localhost.example.com:15000",
                "192.168.0.1",
                ""
            })
    void refusesWhoeverAsksForAnotherHost(String host) throws Exception {
        try (RunningMesh mesh = new RunningMesh(capture())) {
            assertThat(raw(mesh, "GET", host)).startsWith("HTTP/1.1 421").doesNotContain("outbound|");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:15000", "[::1]:15000", "[::1]"})
    void answersWhoeverAsksForThisMachine(String host) throws Exception {
        try (RunningMesh mesh = new RunningMesh(capture())) {
            assertThat(raw(mesh, "GET", host)).startsWith("HTTP/1.1 200").contains("outbound|9080||");
        }
    }

    @Test
    void changesNothingAndListsItsPaths() throws Exception {
        try (RunningMesh mesh = new RunningMesh(capture())) {
            assertThat(raw(mesh, "POST", "localhost")).startsWith("HTTP/1.1 405");
            assertThat(mesh.ask("/nothing").statusCode()).isEqualTo(404);
            assertThat(mesh.ask("/nothing").body()).startsWith("invalid path. admin commands are:");
            assertThat(mesh.get("/").lines()).contains("/config_dump", "/mesh/explain", "/stats");
            assertThat(mesh.get("/ready")).isEqualTo("LIVE\n");
            assertThat(mesh.ask("/clusters?format=xml").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws Exception {
        try (RunningMesh mesh = new RunningMesh(capture());
                ServerSocket other = new ServerSocket()) {
            int port = mesh.mesh.adminPort().orElseThrow();
            // Another address of this machine is free for the same port, which it would not be under 0.0.0.0.
            other.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), port));
            assertThat(other.isBound()).isTrue();
        }
    }

    @Test
    void aPortInUseFailsTheStartWithASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> Mesh.builder()
                            .files(capture())
                            .adminPort(taken.getLocalPort())
                            .build())
                    .isInstanceOf(MeshConfigurationException.class)
                    .hasMessageContaining("admin port " + taken.getLocalPort() + " cannot be opened");
        }
        assertThatThrownBy(() -> Mesh.builder().adminPort(70_000)).isInstanceOf(MeshConfigurationException.class);
    }

    @Test
    void theThreadsOfTheServerKeepNoProcessAlive() throws Exception {
        try (RunningMesh mesh = new RunningMesh(capture())) {
            assertThat(mesh.get("/ready")).isEqualTo("LIVE\n");
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("HTTP-Dispatcher")
                            || thread.getName().equals("inmesh-admin"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    private static String raw(RunningMesh mesh, String method, String host) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                mesh.mesh.adminPort().orElseThrow())) {
            socket.setSoTimeout(20_000);
            String request = method + " /clusters HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Path capture() {
        return Peers.shared("istiod-captures").resolve("reviews-timeouts-client");
    }
}
