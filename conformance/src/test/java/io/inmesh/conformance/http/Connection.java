package io.inmesh.conformance.http;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client connection; requests go over it one after another. Used by one thread, closed by any. */
public final class Connection implements Closeable {

    private final Socket socket;
    private final InputStream in;
    private final @Nullable CallingFrames http2;
    private boolean reusable = true;

    private Connection(Socket socket, boolean http2) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.http2 = http2 ? new CallingFrames(socket) : null;
    }

    public static Connection open(InetSocketAddress address, Duration connectLimit) throws IOException {
        return open(address, connectLimit, false);
    }

    /** One that speaks HTTP/2 from its first byte, if so asked. */
    public static Connection open(InetSocketAddress address, Duration connectLimit, boolean http2) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, Math.toIntExact(connectLimit.toMillis()));
            return new Connection(socket, http2);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends and waits for the head of the response; {@link #body} follows.
     *
     * @param limit for each wait; a millisecond at least
     * @param sent called when the last byte of the request is out
     */
    public Response head(Request request, Duration limit, Runnable sent) throws IOException {
        reusable = false;
        socket.setSoTimeout(Math.toIntExact(Math.max(1, limit.toMillis())));
        if (http2 != null) {
            return headOf(http2, request, sent);
        }
        Wire.write(socket.getOutputStream(), request);
        sent.run();
        return Wire.readHead(in);
    }

    private Response headOf(CallingFrames frames, Request request, Runnable sent) throws IOException {
        try {
            return frames.head(request, sent);
        } catch (StreamReset e) {
            reusable = true;
            throw e;
        }
    }

    /** The rest of the response. */
    public String body(Response head, String method) throws IOException {
        String body = http2 == null ? Wire.readBody(in, head, method) : http2.body();
        reusable = !"close".equalsIgnoreCase(Header.joined(head.headers(), "connection"));
        return body;
    }

    /** Both together. */
    public Response exchange(Request request, Duration limit) throws IOException {
        Response head = head(request, limit, () -> {});
        return new Response(head.status(), head.headers(), body(head, request.method()));
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
