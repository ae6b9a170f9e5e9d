package io.inmesh.client.adapter.okhttp;

import io.inmesh.xds.model.cluster.HttpProtocolOptions;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Http2Keepalive;
import io.inmesh.xds.model.cluster.TcpKeepalive;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection lasts: what DestinationRule's {@code maxRequestsPerConnection}, {@code maxConnectionDuration}, {@code idleTimeout},
 * {@code tcpKeepalive} and {@code http2KeepAlive} become. One that is spent takes no new requests; those under way end. Immutable.
 *
 * @param maxRequests 0 for any number
 * @param maxNanos 0 for ever
 * @param idleMillis how long it may be without requests; {@link Long#MAX_VALUE} for ever
 * @param pingMillis between HTTP/2's PINGs, each to be answered before the next; 0 for none
 * @param keepalive null leaves all to the operating system
 */
record ConnectionLife(
        long maxRequests,
        long maxNanos,
        long idleMillis,
        int pingMillis,
        @Nullable TcpKeepalive keepalive) {

    /** OkHttp counts in nanoseconds, and adds. */
    private static final long LONG_IDLE_MILLIS = Duration.ofDays(365).toMillis();

    /**
     * The life that a cluster gives its connections.
     *
     * @param pingMillis of the application, for clusters that say nothing of it
     */
    static ConnectionLife of(HttpProtocolOptions options, @Nullable TcpKeepalive keepalive, int pingMillis) {
        Duration duration = options.maxConnectionDuration();
        Http2Keepalive probes = options.http2Keepalive();
        return new ConnectionLife(
                options.maxRequestsPerConnection(),
                duration == null ? 0 : duration.toNanos(),
                idleMillis(options.idleTimeout()),
                probes == null ? pingMillis : millis(probes.interval()),
                keepalive);
    }

    private static long idleMillis(Duration idle) {
        return idle.isZero() ? LONG_IDLE_MILLIS : Math.min(Math.max(1, idle.toMillis()), LONG_IDLE_MILLIS);
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Math.max(1, duration.toMillis()), Integer.MAX_VALUE);
    }

    boolean spent(long requests, long ageNanos) {
        return (maxRequests > 0 && requests >= maxRequests) || (maxNanos > 0 && ageNanos >= maxNanos);
    }

    /** What the platform does not know is left to it. */
    void applyTo(Socket socket) throws IOException {
        if (keepalive == null) {
            return;
        }
        set(socket, StandardSocketOptions.SO_KEEPALIVE, true);
        if (keepalive.time() != null) {
            set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, (int)
                    keepalive.time().toSeconds());
        }
        if (keepalive.interval() != null) {
            set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, (int)
                    keepalive.interval().toSeconds());
        }
        if (keepalive.probes() != null) {
            set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, keepalive.probes().intValue());
        }
    }

    private static <T> void set(Socket socket, SocketOption<T> option, T value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }
}
