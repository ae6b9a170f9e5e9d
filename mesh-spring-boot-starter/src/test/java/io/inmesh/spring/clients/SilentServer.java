package io.inmesh.spring.clients;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads requests, answers nothing, and tells when a connection has begun to speak and when it has ended. */
final class SilentServer implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    SilentServer() throws IOException {
        Thread accepting = new Thread(this::accept, "silent");
        accepting.setDaemon(true);
        accepting.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    String next() throws InterruptedException {
        return String.valueOf(events.poll(20, TimeUnit.SECONDS));
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread reading = new Thread(() -> read(socket), "silent-connection");
                reading.setDaemon(true);
                reading.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void read(Socket socket) {
        try (socket;
                InputStream input = socket.getInputStream()) {
            if (input.read() >= 0) {
                events.add("asked");
            }
            input.transferTo(java.io.OutputStream.nullOutputStream());
            events.add("ended");
        } catch (IOException e) {
            events.add("ended");
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
