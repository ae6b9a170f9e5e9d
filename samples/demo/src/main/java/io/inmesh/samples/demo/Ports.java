package io.inmesh.samples.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Ports that nobody listens on at the moment. */
final class Ports {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    // Held until this JVM ends. A second demo on the machine gets other ports, also while the first has not opened its
    // own yet.
    private static final Optional<FileLock> FIRST_DEMO = claim();

    private Ports() {}

    /** The wanted port if it is free, else any: so that the printed commands are the same on most machines. */
    static int preferably(int wanted) throws IOException {
        if (FIRST_DEMO.isEmpty()) {
            return bind(0);
        }
        try {
            return bind(wanted);
        } catch (IOException e) {
            return bind(0);
        }
    }

    private static int bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static Optional<FileLock> claim() {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "inmesh-demo.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return Optional.ofNullable(channel.tryLock());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
