package io.inmesh.control.config;

import java.time.Duration;
import java.util.Optional;

/** Istio's ConnectionPoolSettings. */
public record ConnectionPool(Tcp tcp, Http http) {

    private static final Tcp NO_TCP =
            new Tcp(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Http NO_HTTP = new Http(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            H2Upgrade.DEFAULT,
            false,
            Optional.empty());

    /** Whether plain HTTP/1.1 ports are called with HTTP/2. */
    public enum H2Upgrade {
        DEFAULT,
        DO_NOT_UPGRADE,
        UPGRADE
    }

    /** Limits of connections. */
    public record Tcp(
            Optional<Long> maxConnections,
            Optional<Duration> connectTimeout,
            Optional<Duration> maxConnectionDuration,
            Optional<Duration> idleTimeout,
            Optional<Keepalive> keepalive) {
        static Tcp read(Fields tcp) {
            return new Tcp(
                    tcp.unsigned("maxConnections"),
                    tcp.duration("connectTimeout"),
                    tcp.duration("maxConnectionDuration"),
                    tcp.duration("idleTimeout"),
                    tcp.object("tcpKeepalive", Keepalive::read));
        }
    }

    /** TCP's own probes. */
    public record Keepalive(Optional<Long> probes, Optional<Duration> time, Optional<Duration> interval) {
        static Keepalive read(Fields keepalive) {
            return new Keepalive(
                    keepalive.unsigned("probes"), keepalive.duration("time"), keepalive.duration("interval"));
        }
    }

    /** Limits of requests. */
    public record Http(
            Optional<Long> http1MaxPendingRequests,
            Optional<Long> http2MaxRequests,
            Optional<Long> maxRequestsPerConnection,
            Optional<Long> maxRetries,
            Optional<Long> maxConcurrentStreams,
            Optional<Duration> idleTimeout,
            H2Upgrade h2UpgradePolicy,
            boolean useClientProtocol,
            Optional<Http2Keepalive> http2Keepalive) {
        static Http read(Fields http) {
            return new Http(
                    http.unsigned("http1MaxPendingRequests"),
                    http.unsigned("http2MaxRequests"),
                    http.unsigned("maxRequestsPerConnection"),
                    http.unsigned("maxRetries"),
                    http.unsigned("maxConcurrentStreams"),
                    http.duration("idleTimeout"),
                    http.choice("h2UpgradePolicy", H2Upgrade.class).orElse(H2Upgrade.DEFAULT),
                    http.flag("useClientProtocol").orElse(false),
                    http.object("http2KeepAlive", Http2Keepalive::read));
        }
    }

    /** HTTP/2's own probes: a PING after each interval, to be answered within the timeout. */
    public record Http2Keepalive(Duration interval, Duration timeout) {
        static Http2Keepalive read(Fields keepalive) {
            return new Http2Keepalive(
                    keepalive.duration("interval").orElseThrow(() -> keepalive.invalid("interval", "is required")),
                    keepalive.duration("timeout").orElseThrow(() -> keepalive.invalid("timeout", "is required")));
        }
    }

    static ConnectionPool read(Fields pool) {
        return new ConnectionPool(
                pool.object("tcp", Tcp::read).orElse(NO_TCP),
                pool.object("http", Http::read).orElse(NO_HTTP));
    }
}
