package io.inmesh.client.adapter.okhttp;

import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.HttpProtocolOptions;
import io.inmesh.xds.model.cluster.TcpKeepalive;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection lasts: what DestinationRule's {@code maxRequestsPerConnection}, {@code maxConnectionDuration} and
 * {@code tcpKeepalive} become. One that is spent takes no new requests; those under way end. Immutable.
 *
 * @param maxRequests 0 for any number
 * @param maxNanos 0 for ever
 * @param keepalive null leaves all to the operating system
 */
record ConnectionLife(
        long maxRequests, long maxNanos, @Nullable TcpKeepalive keepalive) {

    static ConnectionLife of(Cluster cluster) {
        HttpProtocolOptions options = cluster.httpProtocolOptions();
        Duration duration = options.maxConnectionDuration();
        return new ConnectionLife(
                options.maxRequestsPerConnection(), duration == null ? 0 : duration.toNanos(), cluster.tcpKeepalive());
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
