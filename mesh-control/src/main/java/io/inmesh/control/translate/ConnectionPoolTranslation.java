package io.inmesh.control.translate;

import io.inmesh.control.config.ConnectionPool;
import io.inmesh.control.config.TrafficPolicy.RetryBudget;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Protocol;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.ExplicitHttpConfig;
import io.inmesh.xds.envoy.Clusters.HttpProtocolOptions;
import io.inmesh.xds.envoy.Clusters.UpstreamConnectionOptions;
import io.inmesh.xds.envoy.Clusters.UseDownstreamHttpConfig;
import io.inmesh.xds.envoy.CoreAddress.TcpKeepalive;
import io.inmesh.xds.envoy.CoreProtocol;
import io.inmesh.xds.envoy.CoreProtocol.Http1ProtocolOptions;
import io.inmesh.xds.envoy.CoreProtocol.Http2ProtocolOptions;
import io.inmesh.xds.envoy.CoreProtocol.KeepaliveSettings;
import io.inmesh.xds.envoy.Percents.Percent;
import io.inmesh.xds.envoy.Resilience;
import io.inmesh.xds.envoy.Resilience.CircuitBreakers;
import io.inmesh.xds.envoy.Resilience.Thresholds;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DestinationRule {@code connectionPool} and {@code retryBudget}: circuit breakers, timeouts and the protocol of connections. */
final class ConnectionPoolTranslation {

    private static final long UNLIMITED = 0xFFFF_FFFFL;
    private static final String OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private ConnectionPoolTranslation() {}

    static Message on(
            Message cluster,
            Optional<ConnectionPool> pool,
            Optional<RetryBudget> budget,
            Protocol protocol,
            MeshSettings.Calls mesh) {
        Optional<ConnectionPool.Tcp> tcp = pool.map(ConnectionPool::tcp);
        Message limited = cluster.with(
                        Cluster.CONNECT_TIMEOUT,
                        tcp.flatMap(ConnectionPool.Tcp::connectTimeout).orElse(mesh.connectTimeout()))
                .with(
                        Cluster.CIRCUIT_BREAKERS,
                        Message.of(CircuitBreakers.TYPE)
                                .with(CircuitBreakers.THRESHOLDS, List.of(thresholds(pool, budget))));
        Optional<ConnectionPool.Keepalive> keepalive =
                keepalive(tcp.flatMap(ConnectionPool.Tcp::keepalive), mesh.keepalive());
        if (keepalive.isPresent()) {
            limited = limited.with(
                    Cluster.UPSTREAM_CONNECTION_OPTIONS,
                    Message.of(UpstreamConnectionOptions.TYPE)
                            .with(UpstreamConnectionOptions.TCP_KEEPALIVE, keepalive(keepalive.get())));
        }
        return http(limited, pool, protocol, mesh);
    }

    /** The rule's fields, and the mesh's where the rule has none. */
    private static Optional<ConnectionPool.Keepalive> keepalive(
            Optional<ConnectionPool.Keepalive> written, Optional<ConnectionPool.Keepalive> mesh) {
        if (written.isEmpty() || mesh.isEmpty()) {
            return written.or(() -> mesh);
        }
        return Optional.of(new ConnectionPool.Keepalive(
                written.get().probes().or(mesh.get()::probes),
                written.get().time().or(mesh.get()::time),
                written.get().interval().or(mesh.get()::interval)));
    }

    /** Whether connections speak HTTP/2: the port says so, or the rule upgrades it, or the mesh does where the rule says nothing. What callers speak comes first. */
    static boolean http2(Optional<ConnectionPool> pool, Protocol protocol, MeshSettings.Calls mesh) {
        if (asCalled(pool, protocol)) {
            return false;
        }
        ConnectionPool.H2Upgrade written =
                pool.map(found -> found.http().h2UpgradePolicy()).orElse(ConnectionPool.H2Upgrade.DEFAULT);
        ConnectionPool.H2Upgrade upgrade = written == ConnectionPool.H2Upgrade.DEFAULT ? mesh.h2Upgrade() : written;
        return protocol == Protocol.HTTP2 || (protocol == Protocol.HTTP && upgrade == ConnectionPool.H2Upgrade.UPGRADE);
    }

    /** Limits are switched off by writing the largest number: Envoy's own defaults are 1024 and 3. */
    static Message unlimited() {
        return thresholds(Optional.empty(), Optional.empty());
    }

    private static Message thresholds(Optional<ConnectionPool> pool, Optional<RetryBudget> budget) {
        Optional<ConnectionPool.Http> http = pool.map(ConnectionPool::http);
        Message thresholds = Message.of(Thresholds.TYPE)
                .with(Thresholds.MAX_CONNECTIONS, limit(pool.flatMap(found -> found.tcp()
                        .maxConnections())))
                .with(
                        Thresholds.MAX_PENDING_REQUESTS,
                        limit(http.flatMap(ConnectionPool.Http::http1MaxPendingRequests)))
                .with(Thresholds.MAX_REQUESTS, limit(http.flatMap(ConnectionPool.Http::http2MaxRequests)))
                .with(Thresholds.MAX_RETRIES, limit(http.flatMap(ConnectionPool.Http::maxRetries)));
        return budget.map(written -> thresholds.with(
                        Thresholds.RETRY_BUDGET,
                        Message.of(Resilience.RetryBudget.TYPE)
                                .with(
                                        Resilience.RetryBudget.BUDGET_PERCENT,
                                        Message.of(Percent.TYPE).with(Percent.VALUE, written.percent()))
                                .with(Resilience.RetryBudget.MIN_RETRY_CONCURRENCY, (long)
                                        written.minRetryConcurrency())
                                .with(
                                        Resilience.RetryBudget.BUDGET_INTERVAL,
                                        written.interval().orElse(null))))
                .orElse(thresholds);
    }

    private static long limit(Optional<Long> written) {
        return positive(written).orElse(UNLIMITED);
    }

    /** Istio's own numbers cannot say zero: it means that nothing is said. */
    private static Optional<Long> positive(Optional<Long> written) {
        return written.filter(number -> number > 0);
    }

    private static Message keepalive(ConnectionPool.Keepalive keepalive) {
        return Message.of(TcpKeepalive.TYPE)
                .with(
                        TcpKeepalive.KEEPALIVE_PROBES,
                        positive(keepalive.probes()).orElse(null))
                .with(
                        TcpKeepalive.KEEPALIVE_TIME,
                        keepalive.time().map(Duration::toSeconds).orElse(null))
                .with(
                        TcpKeepalive.KEEPALIVE_INTERVAL,
                        keepalive.interval().map(Duration::toSeconds).orElse(null));
    }

    private static Message http(
            Message cluster, Optional<ConnectionPool> pool, Protocol protocol, MeshSettings.Calls mesh) {
        Message common = pool.map(ConnectionPoolTranslation::common)
                .orElseGet(() -> Message.of(CoreProtocol.HttpProtocolOptions.TYPE));
        boolean plain = !http2(pool, protocol, mesh);
        boolean asCalled = asCalled(pool, protocol);
        if (plain && !asCalled && common.presentFields().isEmpty()) {
            return cluster;
        }
        Message options = Message.of(HttpProtocolOptions.TYPE)
                .with(
                        HttpProtocolOptions.COMMON_HTTP_PROTOCOL_OPTIONS,
                        common.presentFields().isEmpty() ? null : common);
        Message http1 = Message.of(Http1ProtocolOptions.TYPE);
        if (asCalled) {
            options = options.with(
                    HttpProtocolOptions.USE_DOWNSTREAM_PROTOCOL_CONFIG,
                    Message.of(UseDownstreamHttpConfig.TYPE)
                            .with(UseDownstreamHttpConfig.HTTP_PROTOCOL_OPTIONS, http1)
                            .with(
                                    UseDownstreamHttpConfig.HTTP2_PROTOCOL_OPTIONS,
                                    Message.of(Http2ProtocolOptions.TYPE)));
        } else {
            Message explicit = Message.of(ExplicitHttpConfig.TYPE);
            options = options.with(
                    HttpProtocolOptions.EXPLICIT_HTTP_CONFIG,
                    plain
                            ? explicit.with(ExplicitHttpConfig.HTTP_PROTOCOL_OPTIONS, http1)
                            : explicit.with(
                                    ExplicitHttpConfig.HTTP2_PROTOCOL_OPTIONS, http2(pool.map(ConnectionPool::http))));
        }
        return cluster.with(Cluster.TYPED_EXTENSION_PROTOCOL_OPTIONS, Map.of(OPTIONS, Any.pack(options)));
    }

    private static boolean asCalled(Optional<ConnectionPool> pool, Protocol protocol) {
        return protocol == Protocol.UNKNOWN
                || pool.filter(found -> found.http().useClientProtocol()).isPresent();
    }

    private static Message http2(Optional<ConnectionPool.Http> http) {
        return Message.of(Http2ProtocolOptions.TYPE)
                .with(
                        Http2ProtocolOptions.MAX_CONCURRENT_STREAMS,
                        positive(http.flatMap(ConnectionPool.Http::maxConcurrentStreams))
                                .orElse(null))
                .with(
                        Http2ProtocolOptions.CONNECTION_KEEPALIVE,
                        http.flatMap(ConnectionPool.Http::http2Keepalive)
                                .map(probes -> Message.of(KeepaliveSettings.TYPE)
                                        .with(KeepaliveSettings.INTERVAL, probes.interval())
                                        .with(KeepaliveSettings.TIMEOUT, probes.timeout()))
                                .orElse(null));
    }

    private static Message common(ConnectionPool pool) {
        return Message.of(CoreProtocol.HttpProtocolOptions.TYPE)
                .with(
                        CoreProtocol.HttpProtocolOptions.IDLE_TIMEOUT,
                        pool.http()
                                .idleTimeout()
                                .or(() -> pool.tcp().idleTimeout())
                                .orElse(null))
                .with(
                        CoreProtocol.HttpProtocolOptions.MAX_CONNECTION_DURATION,
                        pool.tcp().maxConnectionDuration().orElse(null))
                .with(
                        CoreProtocol.HttpProtocolOptions.MAX_REQUESTS_PER_CONNECTION,
                        positive(pool.http().maxRequestsPerConnection()).orElse(null));
    }
}
