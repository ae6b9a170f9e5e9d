package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.security.ClientTls;
import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.model.cluster.HttpProtocolOptions;
import io.inmesh.xds.model.cluster.TcpKeepalive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What attempts must have in common to share connections to an endpoint.
 *
 * @param cluster its name: clusters that have an endpoint in common count their connections by themselves
 * @param otherAddresses of the same endpoint; mostly none
 * @param tls the instance changes with settings and identity; null for plaintext
 * @param http2 whether HTTP/2 is spoken
 * @param lane 0, and more where a connection of HTTP/2 may carry only so many requests at a time
 * @param pingMillis between the application's own PINGs; 0 for none
 */
record AttemptClientKey(
        String cluster,
        SocketAddress address,
        List<SocketAddress> otherAddresses,
        @Nullable ClientTls tls,
        boolean http2,
        int lane,
        HttpProtocolOptions options,
        @Nullable TcpKeepalive keepalive,
        int pingMillis,
        int connectTimeoutMillis) {

    ConnectionLife life() {
        return ConnectionLife.of(options, keepalive, pingMillis);
    }

    AttemptClientKey nextLane() {
        return new AttemptClientKey(
                cluster,
                address,
                otherAddresses,
                tls,
                http2,
                lane + 1,
                options,
                keepalive,
                pingMillis,
                connectTimeoutMillis);
    }
}
