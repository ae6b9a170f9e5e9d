package io.inmesh.client.adapter.okhttp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** Answers each GET on each connection with one kilobyte, and keeps connections; does nothing else, so that it disturbs no measurement. */
final class AnsweringServer implements AutoCloseable {

    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 1024\r\n\r\n"
                    + "x".repeat(1024))
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    AnsweringServer() throws IOException {
        this(ServerSocketFactory.getDefault());
    }

    /** Over TLS, where these sockets are. */
    AnsweringServer(ServerSocketFactory sockets) throws IOException {
        server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        if (server instanceof SSLServerSocket secure) {
            secure.setNeedClientAuth(true);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            int ends = 0;
            for (int read = in.read(); read >= 0; read = in.read()) {
                ends = read == '\n' ? ends + 1 : read == '\r' ? ends : 0;
                if (ends == 2) {
                    socket.getOutputStream().write(ANSWER);
                    ends = 0;
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
