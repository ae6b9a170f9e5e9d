package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.adapter.okhttp.EndpointConnector.Tcp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The socket that OkHttp believes to be a plain one to the host and port of the URL. It connects to the picked endpoint instead and
 * speaks the mesh's TLS by itself, so that an {@code http} URL stays one. Thread-safe as a socket is: one reader, one writer, and
 * anybody may close.
 */
// Socket's own methods hold a monitor, which across I/O pins virtual threads; what these touch is volatile or a socket
// itself.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class MeshSocket extends Socket {

    private final EndpointConnector connector;
    private final AtomicReference<@Nullable AutoCloseable> lease = new AtomicReference<>();
    private volatile @Nullable Tcp tcp;
    private volatile @Nullable AddressRace race;
    private volatile @Nullable Opened opened;
    private volatile boolean closed;
    private final AtomicLong requests = new AtomicLong();
    private volatile long openedNanos;

    MeshSocket(EndpointConnector connector) {
        this.connector = connector;
    }

    /**
     * Lets the connection count for as long as this socket is open.
     *
     * @return false if one counts already
     */
    boolean hold(AutoCloseable counted) {
        if (!lease.compareAndSet(null, counted)) {
            return false;
        }
        if (closed) {
            releaseLease();
        }
        return true;
    }

    /** One more request goes over it. */
    void used() {
        requests.incrementAndGet();
    }

    /** It takes no new requests. */
    boolean spent() {
        return connector.life().spent(requests.get(), connector.clock().nanoTime() - openedNanos);
    }

    @Override
    public void connect(SocketAddress logical, int timeoutMillis) throws IOException {
        Opened connection = connector.races()
                ? raced(connector.race(), timeoutMillis)
                : opened(connector.create(), (InetSocketAddress) logical, timeoutMillis);
        openedNanos = connector.clock().nanoTime();
        opened = connection;
        if (closed) {
            connection.close();
            throw new SocketException("Socket closed");
        }
    }

    private Opened opened(Tcp socket, InetSocketAddress logical, int timeoutMillis) throws IOException {
        tcp = socket;
        if (closed) {
            socket.socket().close();
        }
        return connector.open(socket, logical, timeoutMillis);
    }

    private Opened raced(AddressRace running, int timeoutMillis) throws IOException {
        race = running;
        if (closed) {
            running.close();
        }
        return connector.finish(running, timeoutMillis);
    }

    @Override
    public void connect(SocketAddress logical) throws IOException {
        connect(logical, 0);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return connection().input();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return connection().output();
    }

    /** Says goodbye in TLS unless a writer is in the middle of something; then there is no time for that. */
    @Override
    public void close() throws IOException {
        closed = true;
        releaseLease();
        Opened connection = opened;
        Tcp socket = tcp;
        AddressRace running = race;
        if (connection != null) {
            connection.close();
        } else if (socket != null) {
            socket.socket().close();
        } else if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** The peer has closed it, or it broke; not so if we closed it. */
    boolean lost() {
        Opened connection = opened;
        return connection != null && connection.input().ended();
    }

    @Override
    public boolean isConnected() {
        return opened != null;
    }

    /**
     * OkHttp asks this before it uses an idle connection again. For HTTP/1.1 anything that can be read from an idle connection, its
     * end or a stray byte, means that it must not be used; without this look the peer's idle timeout would cost requests. HTTP/2 has a
     * reader of its own that notices.
     */
    @Override
    public boolean isInputShutdown() {
        Opened connection = opened;
        if (connection == null || closed) {
            return true;
        }
        return spent() || !connection.silent();
    }

    @Override
    public boolean isOutputShutdown() {
        return closed;
    }

    /** Before it is connected this is without effect: nobody reads then, and OkHttp sets it again to look at idle connections. */
    @Override
    public void setSoTimeout(int timeoutMillis) throws SocketException {
        Opened connection = opened;
        if (connection != null) {
            connection.top().setSoTimeout(timeoutMillis);
        }
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return connection().top().getSoTimeout();
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return connection().tcp().socket().getKeepAlive();
    }

    @Override
    public void shutdownOutput() throws IOException {
        connection().top().shutdownOutput();
    }

    @Override
    public void shutdownInput() throws IOException {
        connection().top().shutdownInput();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        Opened connection = opened;
        return connection == null ? null : connection.top().getRemoteSocketAddress();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        Opened connection = opened;
        return connection == null ? null : connection.tcp().socket().getLocalSocketAddress();
    }

    /** When TLS was agreed on; null for plaintext, and while there is no connection. */
    @Nullable
    Handshake handshake() {
        Opened connection = opened;
        return connection == null ? null : connection.handshake();
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        Opened connection = opened;
        return connection == null ? null : connection.top().getInetAddress();
    }

    @Override
    public int getPort() {
        Opened connection = opened;
        return connection == null ? 0 : connection.top().getPort();
    }

    @Override
    public String toString() {
        return "MeshSocket[" + connector + "]";
    }

    private Opened connection() throws SocketException {
        Opened connection = opened;
        if (connection == null) {
            throw new SocketException("Not connected: " + connector);
        }
        return connection;
    }

    private void releaseLease() {
        AutoCloseable counted = lease.getAndSet(null);
        if (counted != null) {
            try {
                counted.close();
            } catch (Exception e) {
                throw new IllegalStateException("A lease of the engine does not fail", e);
            }
        }
    }

    /** When TLS began and was agreed on, in nanoseconds of the clock. */
    record Handshake(long startNanos, long endNanos) {}

    /**
     * A connection that is up.
     *
     * @param top the TCP socket itself, or TLS over it
     * @param input of the top, whose end is remembered
     * @param output of the top, with its writer known
     * @param stray for the one look at an idle connection that whoever takes it has
     * @param handshake null for plaintext
     */
    record Opened(
            Tcp tcp,
            Socket top,
            EndingInput input,
            GuardedOutput output,
            ByteBuffer stray,
            @Nullable Handshake handshake) {

        static Opened over(Tcp tcp, Socket top, @Nullable Handshake handshake) throws IOException {
            return new Opened(
                    tcp,
                    top,
                    new EndingInput(top.getInputStream()),
                    new GuardedOutput(top.getOutputStream()),
                    ByteBuffer.allocate(1),
                    handshake);
        }

        void close() throws IOException {
            input.closing();
            if (!output.ifIdle(top::close)) {
                tcp.socket().close();
            }
        }

        boolean silent() {
            SocketChannel channel = tcp.peekable();
            if (channel == null) {
                return true;
            }
            try {
                channel.configureBlocking(false);
                int read = channel.read(stray.clear());
                channel.configureBlocking(true);
                return read == 0;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
