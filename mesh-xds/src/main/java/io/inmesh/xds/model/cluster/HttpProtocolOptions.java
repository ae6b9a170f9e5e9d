package io.inmesh.xds.model.cluster;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * HTTP towards a cluster.
 *
 * @param idleTimeout of a connection without requests; 1 hour by default, zero is never
 * @param maxRequestsPerConnection 0 is unlimited, the default
 * @param maxConnectionDuration null if unlimited
 * @param maxConcurrentStreams of an HTTP/2 connection; null for Envoy's default
 * @param http2Keepalive null for no probes
 * @param errors which answers count as failures for outlier detection; null for those with a 5xx status
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/upstreams/http/v3/http_protocol_options.proto">Envoy,
 *     HttpProtocolOptions</a>
 */
public record HttpProtocolOptions(
        Protocol protocol,
        Duration idleTimeout,
        long maxRequestsPerConnection,
        @Nullable Duration maxConnectionDuration,
        @Nullable Long maxConcurrentStreams,
        @Nullable Http2Keepalive http2Keepalive,
        @Nullable ErrorMatch errors) {

    /** Envoy's. */
    public static final HttpProtocolOptions DEFAULT =
            new HttpProtocolOptions(Protocol.HTTP1, Duration.ofHours(1), 0, null, null, null, null);

    public HttpProtocolOptions {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(idleTimeout, "idleTimeout");
    }

    /** With the status alone telling failures. */
    public HttpProtocolOptions(
            Protocol protocol,
            Duration idleTimeout,
            long maxRequestsPerConnection,
            @Nullable Duration maxConnectionDuration,
            @Nullable Long maxConcurrentStreams,
            @Nullable Http2Keepalive http2Keepalive) {
        this(
                protocol,
                idleTimeout,
                maxRequestsPerConnection,
                maxConnectionDuration,
                maxConcurrentStreams,
                http2Keepalive,
                null);
    }

    /**
     * HTTP/2's own probes.
     *
     * @param interval between the PINGs
     * @param timeout for their answers
     */
    public record Http2Keepalive(Duration interval, Duration timeout) {
        public Http2Keepalive {
            Objects.requireNonNull(interval, "interval");
            Objects.requireNonNull(timeout, "timeout");
        }
    }

    /** Which HTTP is spoken. */
    public enum Protocol {
        HTTP1,
        HTTP2,
        HTTP3,
        /** That of the caller. */
        USE_DOWNSTREAM,
        /** What ALPN says. */
        AUTO
    }
}
