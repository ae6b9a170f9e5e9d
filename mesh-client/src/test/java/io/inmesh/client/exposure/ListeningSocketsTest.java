package io.inmesh.client.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningSocketsTest {

    private static final String TABLE = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 0 100 0 0 10 0
               1: 00000000:138D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 222 1 0 100 0 0 10 0
               2: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 333 1 0 100 0 0 10 0
            """;
    private static final String TABLE6 = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 444 1 0
            """;

    @TempDir
    private Path process;

    @Test
    void aSocketOfThisProcessIsFoundAsLongAsItListens() throws Exception {
        assumeThat(Files.exists(Path.of("/proc/self/net/tcp"))).isTrue();
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(ports()).contains(port);
        }
        assertThat(ports()).doesNotContain(port);
    }

    @Test
    void onlyOwnSocketsThatListenCount() throws Exception {
        assumeThat(ByteOrder.nativeOrder()).as("of the table").isEqualTo(ByteOrder.LITTLE_ENDIAN);
        write("net/tcp", TABLE);
        write("net/tcp6", TABLE6);
        for (String inode : List.of("111", "333", "444")) {
            Files.createDirectories(process.resolve("fd"));
            Files.createSymbolicLink(process.resolve("fd").resolve(inode), Path.of("socket:[" + inode + "]"));
        }

        assertThat(ListeningSockets.read(process).orElseThrow().stream().map(ExposedPorts::text))
                .containsExactly("[0:0:0:0:0:0:0:1]:80", "127.0.0.1:8080");
    }

    @Test
    void whereTheSystemDoesNotTellNothingIsClaimed() throws Exception {
        assertThat(ListeningSockets.read(process)).isEmpty();
        ExposedPorts ports = new ExposedPorts(Optional::empty);
        ports.tell();
        assertThat(ports.exposed()).isEmpty();
    }

    @Test
    void whatIsCoveredIsNotNamed() throws Exception {
        InetAddress any = InetAddress.getByAddress(new byte[4]);
        List<InetSocketAddress> sockets = List.of(new InetSocketAddress(any, 8080), new InetSocketAddress(any, 5005));
        ExposedPorts ports = new ExposedPorts(() -> Optional.of(sockets));

        ports.cover(8080);
        ports.tell();

        assertThat(ports.exposed().orElseThrow().stream().map(ExposedPorts::text))
                .containsExactly("0.0.0.0:5005");
    }

    private static List<Integer> ports() {
        return ListeningSockets.ofThisProcess().orElseThrow().stream()
                .map(InetSocketAddress::getPort)
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = process.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
