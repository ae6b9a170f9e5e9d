package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.xds.model.cluster.CircuitBreakers.Thresholds;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.HttpProtocolOptions;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Http2Keepalive;
import io.inmesh.xds.model.cluster.HttpProtocolOptions.Protocol;
import io.inmesh.xds.model.cluster.TcpKeepalive;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What istiod makes of {@code connectionPool}, as its source has it. */
class ConnectionPoolTest {

    private static final long UNLIMITED = 0xFFFF_FFFFL;

    private static final String SERVICE = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: a, namespace: shop}
            spec:
              hosts: [a.example.com]
              location: MESH_INTERNAL
              resolution: STATIC
              ports: [{number: 80, name: http, protocol: HTTP}, {number: 81, name: grpc, protocol: GRPC}]
              endpoints: [{address: 10.0.0.1}]
            ---
            """;

    @Test
    void limitsBecomeThresholds() {
        Cluster cluster = cluster(80, """
                tcp: {maxConnections: 1, connectTimeout: 2s}
                http: {http1MaxPendingRequests: 3, http2MaxRequests: 4, maxRetries: 5, maxRequestsPerConnection: 6}
                """);
        assertThat(cluster.circuitBreakers().defaultPriority()).isEqualTo(new Thresholds(1, 3, 4, 5, null));
        assertThat(cluster.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(cluster.httpProtocolOptions().maxRequestsPerConnection()).isEqualTo(6);
    }

    @Test
    void zeroSaysNothing() {
        Cluster cluster = cluster(81, """
                tcp: {maxConnections: 0, tcpKeepalive: {probes: 0}}
                http:
                  http1MaxPendingRequests: 0
                  http2MaxRequests: 0
                  maxRetries: 0
                  maxRequestsPerConnection: 0
                  maxConcurrentStreams: 0
                """);
        assertThat(cluster.circuitBreakers().defaultPriority())
                .isEqualTo(new Thresholds(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, null));
        assertThat(cluster.httpProtocolOptions())
                .isEqualTo(new HttpProtocolOptions(Protocol.HTTP2, Duration.ofHours(1), 0, null, null, null));
        assertThat(cluster.tcpKeepalive()).isEqualTo(new TcpKeepalive(null, null, null));
    }

    @Test
    void theIdleTimeoutOfHttpComesBeforeThatOfTcp() {
        assertThat(options(80, "tcp: {idleTimeout: 7s}").idleTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(options(80, "tcp: {idleTimeout: 7s}\nhttp: {idleTimeout: 8s}")
                        .idleTimeout())
                .isEqualTo(Duration.ofSeconds(8));
        assertThat(options(80, "tcp: {idleTimeout: 0s}").idleTimeout()).isZero();
    }

    @Test
    void streamsAndPingsAreHttp2s() {
        String pool = "http: {maxConcurrentStreams: 9, http2KeepAlive: {interval: 30s, timeout: 10s}}";
        Http2Keepalive pings = new Http2Keepalive(Duration.ofSeconds(30), Duration.ofSeconds(10));
        assertThat(options(81, pool))
                .isEqualTo(new HttpProtocolOptions(Protocol.HTTP2, Duration.ofHours(1), 0, null, 9L, pings));
        assertThat(options(80, pool)).isEqualTo(HttpProtocolOptions.DEFAULT);
    }

    @Test
    void http2IsSpokenWhereThePortOrTheRuleSaysSoAndTheCallersOwnComesFirst() {
        assertThat(options(80, "tcp: {maxConnections: 1}").protocol()).isEqualTo(Protocol.HTTP1);
        assertThat(options(80, "http: {h2UpgradePolicy: UPGRADE}").protocol()).isEqualTo(Protocol.HTTP2);
        assertThat(options(80, "http: {h2UpgradePolicy: DO_NOT_UPGRADE}").protocol())
                .isEqualTo(Protocol.HTTP1);
        assertThat(options(81, "http: {h2UpgradePolicy: DO_NOT_UPGRADE}").protocol())
                .isEqualTo(Protocol.HTTP2);
        assertThat(options(80, "http: {useClientProtocol: true}").protocol()).isEqualTo(Protocol.USE_DOWNSTREAM);
        assertThat(options(81, "http: {useClientProtocol: true}").protocol()).isEqualTo(Protocol.USE_DOWNSTREAM);
    }

    @Test
    void keepaliveOfTcpIsOnWhereItIsWritten() {
        assertThat(cluster(80, "tcp: {maxConnections: 1}").tcpKeepalive()).isNull();
        assertThat(cluster(80, "tcp: {tcpKeepalive: {}}").tcpKeepalive()).isEqualTo(new TcpKeepalive(null, null, null));
        assertThat(cluster(80, "tcp: {tcpKeepalive: {probes: 3, time: 70s, interval: 9s}}")
                        .tcpKeepalive())
                .isEqualTo(new TcpKeepalive(3L, Duration.ofSeconds(70), Duration.ofSeconds(9)));
    }

    private static HttpProtocolOptions options(int port, String pool) {
        return cluster(port, pool).httpProtocolOptions();
    }

    private static Cluster cluster(int port, String pool) {
        String rule = SERVICE + """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: a, namespace: shop}
                spec:
                  host: a.example.com
                  trafficPolicy:
                    connectionPool:
                """ + pool.indent(6);
        Proxy proxy = Simulation.proxy("shop", "client", Map.of());
        return Simulation.resources(Yaml.of(rule), MeshSettings.DEFAULT, proxy)
                .clusters()
                .byName()
                .get("outbound|" + port + "||a.example.com");
    }
}
