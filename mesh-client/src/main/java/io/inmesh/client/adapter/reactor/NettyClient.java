package io.inmesh.client.adapter.reactor;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.security.ClientTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Reactor Netty's client for one endpoint, which decides nothing: no retry, redirect, limit or proxy. Thread-safe. */
final class NettyClient {

    private final @Nullable ClientTls tls;
    private final ConnectionProvider connections;
    private final HttpClient client;
    private volatile long lastUsed;

    NettyClient(NettyClientKey key, MeshClock clock) {
        tls = key.tls();
        lastUsed = clock.nanoTime();
        connections = ConnectionProvider.builder("inmesh")
                .maxConnections(Integer.MAX_VALUE)
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(Duration.ofMinutes(1))
                .evictionPredicate((connection, meta) -> !connection.channel().isActive()
                        || key.spent(meta.acquireCount(), meta.lifeTime(), meta.idleTime()))
                .lifo()
                .build();
        InetSocketAddress address = InetSocketAddress.createUnresolved(
                key.address().host(), key.address().port());
        client = HttpClient.create(connections)
                .runOn(HttpResources.get(), false)
                .disableRetry(true)
                .followRedirect(false)
                .noProxy()
                .protocol(key.http2() ? HttpProtocol.H2C : HttpProtocol.HTTP11)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, key.connectMillis())
                .option(ChannelOption.SO_KEEPALIVE, key.keepalive())
                .remoteAddress(() -> address)
                .doOnChannelInit((observer, channel, remote) -> secure(channel, key, clock));
    }

    private static void secure(Channel channel, NettyClientKey key, MeshClock clock) {
        ClientTls tls = key.tls();
        if (tls != null) {
            SslHandler handler = new SslHandler(
                    tls.engine(key.address().host(), key.address().port(), key.http2()));
            handler.setHandshakeTimeoutMillis(key.connectMillis());
            channel.pipeline().addFirst(new HandshakeGate(handler, tls, key.http2(), clock));
            channel.pipeline().addFirst(handler);
        }
    }

    HttpClient client(long nowNanos) {
        lastUsed = nowNanos;
        return client;
    }

    /** Whether an attempt of now would find another client, because identity or files have changed. */
    boolean outdated() {
        return tls != null && !tls.isCurrent();
    }

    long lastUsedNanos() {
        return lastUsed;
    }

    /** Idle connections are closed, the others when they have been given back. */
    void retire() {
        connections.dispose();
    }
}
