package io.inmesh.conformance.http;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** One client connection; requests go over it one after another. Used by one thread, closed by any. */
public final class Connection implements Closeable {

    private final Socket socket;
    private final InputStream in;
    private boolean reusable = true;

    private Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static Connection open(InetSocketAddress address, Duration connectLimit) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, Math.toIntExact(connectLimit.toMillis()));
            return new Connection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends and waits for the whole response.
     *
     * @param limit for the wait; a millisecond at least
     */
    public Response exchange(Request request, Duration limit) throws IOException {
        reusable = false;
        socket.setSoTimeout(Math.toIntExact(Math.max(1, limit.toMillis())));
        Wire.write(socket.getOutputStream(), request);
        Response response = Wire.readResponse(in, request.method());
        reusable = !"close".equalsIgnoreCase(Header.joined(response.headers(), "connection"));
        return response;
    }

    /** Whether another request may follow. */
    public boolean reusable() {
        return reusable && !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
