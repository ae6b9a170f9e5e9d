package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.adapter.okhttp.MeshSocket.Opened;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.security.ClientTls;
import io.inmesh.xds.model.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one endpoint: TCP, and the mesh's TLS where the cluster asks for it, within one connect timeout as Envoy
 * counts it. Thread-safe.
 *
 * @param endpoint where to connect
 * @param others addresses of the same endpoint; mostly none
 * @param tls null for plaintext
 * @param http2 whether HTTP/2 is spoken, by prior knowledge
 * @param life how long connections last
 */
record EndpointConnector(
        SocketAddress endpoint,
        List<SocketAddress> others,
        @Nullable ClientTls tls,
        boolean http2,
        ConnectionLife life,
        MeshClock clock) {

    /** A socket that is not connected yet, so that whoever cancels has something to close. */
    Tcp create() throws IOException {
        if (http2) {
            return new Tcp(new Socket(), null);
        }
        SocketChannel channel = SocketChannel.open();
        return new Tcp(channel.socket(), channel);
    }

    /** Whether there is more than one address, and so a race instead of {@link #create}. */
    boolean races() {
        return !others.isEmpty();
    }

    AddressRace race() throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        addresses.add(socketAddress(endpoint));
        for (SocketAddress other : others) {
            addresses.add(socketAddress(other));
        }
        return new AddressRace(addresses, clock);
    }

    private static InetSocketAddress socketAddress(SocketAddress address) throws UnknownHostException {
        return new InetSocketAddress(Dns.SYSTEM.lookup(address.host()).get(0), address.port());
    }

    /**
     * Goes on with the winner of a race. For HTTP/2 it only tells the address: a channel's socket would be closed with the first thread that
     * is interrupted in it.
     *
     * @throws ConnectFailedException if no connection comes about
     */
    Opened finish(AddressRace race, int timeoutMillis) throws IOException {
        long start = clock.nanoTime();
        SocketChannel won;
        try {
            won = race.run(timeoutMillis);
        } catch (IOException e) {
            throw new ConnectFailedException(reason(e), "No connection to " + this, e);
        }
        if (!http2) {
            return open(new Tcp(won.socket(), won), null, start, timeoutMillis);
        }
        java.net.SocketAddress address = won.getRemoteAddress();
        won.close();
        return open(new Tcp(new Socket(), null), address, start, timeoutMillis);
    }

    /**
     * Connects.
     *
     * @param logical where OkHttp believes to connect to: the address that {@link EndpointDns} gave to it, or the one that the URL
     *     has for a host, and the URL's port
     * @param timeoutMillis 0 for none
     * @throws ConnectFailedException if no connection comes about; the socket is closed then
     */
    Opened open(Tcp tcp, InetSocketAddress logical, int timeoutMillis) throws IOException {
        long start = clock.nanoTime();
        try {
            InetAddress address = address(logical.getAddress());
            return open(tcp, new InetSocketAddress(address, endpoint.port()), start, timeoutMillis);
        } catch (UnknownHostException e) {
            tcp.socket().close();
            throw new ConnectFailedException(reason(e), "No connection to " + this, e);
        }
    }

    /** Connects, unless there is no address because that has been done, and lays TLS over it. */
    private Opened open(Tcp tcp, java.net.@Nullable SocketAddress address, long start, int timeoutMillis)
            throws IOException {
        Socket socket = tcp.socket();
        try {
            socket.setTcpNoDelay(true);
            life.applyTo(socket);
            if (address != null) {
                socket.connect(address, remaining(start, timeoutMillis));
            }
            if (tls == null) {
                return Opened.over(tcp, socket, null);
            }
            long connected = clock.nanoTime();
            Socket top = shakeHands(tls, socket, remaining(start, timeoutMillis));
            return Opened.over(tcp, top, new MeshSocket.Handshake(connected, clock.nanoTime()));
        } catch (IOException e) {
            socket.close();
            throw new ConnectFailedException(reason(e), "No connection to " + this, e);
        }
    }

    /** OkHttp asks no Dns about a URL whose host is an IP address, such as a service's own; it must not lead past the endpoint. */
    private InetAddress address(InetAddress logical) throws UnknownHostException {
        List<InetAddress> own = Dns.SYSTEM.lookup(endpoint.host());
        return own.contains(logical) ? logical : own.get(0);
    }

    private Socket shakeHands(ClientTls security, Socket tcp, int timeoutMillis) throws IOException {
        SSLSocket secure = security.over(tcp, http2);
        secure.setSoTimeout(timeoutMillis);
        secure.startHandshake();
        security.requirePeer(secure.getSession());
        secure.setSoTimeout(0);
        String agreed = secure.getApplicationProtocol();
        if (http2 && !agreed.isEmpty() && !agreed.equals("h2")) {
            throw new SSLException("The cluster speaks HTTP/2, but the endpoint chose " + agreed);
        }
        return secure;
    }

    private int remaining(long start, int timeoutMillis) throws SocketTimeoutException {
        if (timeoutMillis == 0) {
            return 0;
        }
        long left = timeoutMillis - TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - start);
        if (left <= 0) {
            throw new SocketTimeoutException("No time left for TLS");
        }
        return (int) left;
    }

    private static ResetReason reason(IOException e) {
        return e instanceof SocketTimeoutException
                ? ResetReason.CONNECTION_TIMEOUT
                : ResetReason.REMOTE_CONNECTION_FAILURE;
    }

    /**
     * TCP below everything.
     *
     * @param peekable of HTTP/1.1, which alone can be looked at while it is idle; null for HTTP/2. A channel has a price: it is closed
     *     when a thread is interrupted in it, which must not happen to a connection that others use too
     */
    record Tcp(Socket socket, @Nullable SocketChannel peekable) {}

    @Override
    public String toString() {
        return endpoint + (tls == null ? "" : " with " + tls.settings()) + (http2 ? " over HTTP/2" : "");
    }
}
