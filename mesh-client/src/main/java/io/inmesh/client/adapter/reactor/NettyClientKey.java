package io.inmesh.client.adapter.reactor;

import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.security.ClientTls;
import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.model.cluster.HttpProtocolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What attempts must have in common to share connections to an endpoint.
 *
 * @param cluster its name: clusters that have an endpoint in common count their connections by themselves
 * @param tls the instance changes with settings and identity; null for plaintext
 * @param http2 whether HTTP/2 is spoken, by prior knowledge
 * @param options say how long connections last
 * @param keepalive whether the operating system is to look after idle connections
 */
record NettyClientKey(
        String cluster,
        SocketAddress address,
        @Nullable ClientTls tls,
        boolean http2,
        int connectMillis,
        HttpProtocolOptions options,
        boolean keepalive) {

    static NettyClientKey of(Attempt attempt, @Nullable ClientTls tls) {
        return new NettyClientKey(
                attempt.cluster().name(),
                attempt.endpoint().description().address(),
                tls,
                attempt.multiplexed(),
                (int) TimeUnit.NANOSECONDS.toMillis(attempt.connectTimeoutNanos()),
                attempt.cluster().definition().httpProtocolOptions(),
                attempt.cluster().definition().tcpKeepalive() != null);
    }

    /** Whether a connection takes no further request. */
    boolean spent(int requests, long ageMillis, long idleMillis) {
        Duration maxAge = options.maxConnectionDuration();
        long maxIdle = options.idleTimeout().toMillis();
        return (options.maxRequestsPerConnection() > 0 && requests >= options.maxRequestsPerConnection())
                || (maxAge != null && ageMillis >= maxAge.toMillis())
                || (maxIdle > 0 && idleMillis >= maxIdle);
    }
}
