package io.inmesh.control.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.push.StreamStatus;
import io.inmesh.control.push.SubscriptionStatus;
import io.inmesh.control.push.XdsType;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.Peers;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stock Envoy, without any filter of Istio's, takes everything that we serve and refuses nothing. */
class StockEnvoyTest {

    private static final String BOOTSTRAP = """
            node:
              id: sidecar~10.244.0.19~httpbin-v1-h-0.default~default.svc.cluster.local
              cluster: httpbin
              metadata: {NAMESPACE: default, SERVICE_ACCOUNT: httpbin}
            dynamic_resources:
              ads_config:
                api_type: GRPC
                transport_api_version: V3
                set_node_on_first_message_only: true
                grpc_services: [{envoy_grpc: {cluster_name: ads}}]
              cds_config: {ads: {}, resource_api_version: V3}
              lds_config: {ads: {}, resource_api_version: V3}
            static_resources:
              clusters:
              - name: ads
                type: STATIC
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config: {http2_protocol_options: {}}
                load_assignment:
                  cluster_name: ads
                  endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %s}}}}]}]
              - name: sds-grpc
                type: STATIC
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config: {http2_protocol_options: {}}
                load_assignment:
                  cluster_name: sds-grpc
                  endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %s}}}}]}]
            """;

    /** What the tutorial does not have and can be written. */
    private static final String MORE = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: outside, namespace: default}
            spec:
              hosts: [outside.example.com]
              location: MESH_EXTERNAL
              resolution: DNS
              ports: [{number: 443, name: http, protocol: HTTP}]
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: outside, namespace: default}
            spec: {host: outside.example.com, trafficPolicy: {tls: {mode: SIMPLE}, loadBalancer: {consistentHash: {httpHeaderName: x-user}}}}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: httpbin, namespace: default}
            spec:
              host: httpbin
              trafficPolicy:
                loadBalancer: {simple: LEAST_REQUEST, warmup: {duration: 60s, minimumPercent: 20, aggression: 1.5}}
                connectionPool:
                  tcp: {maxConnections: 50, connectTimeout: 250ms, maxConnectionDuration: 10m, tcpKeepalive: {time: 60s, interval: 10s, probes: 3}}
                  http: {http1MaxPendingRequests: 10, http2MaxRequests: 200, maxRequestsPerConnection: 100, maxRetries: 3, idleTimeout: 30s, maxConcurrentStreams: 64}
                outlierDetection: {consecutive5xxErrors: 7, consecutiveGatewayErrors: 3, splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 4, minHealthPercent: 30}
                retryBudget: {percent: 25, minRetryConcurrency: 5, budgetInterval: 2s}
                portLevelSettings: [{port: {number: 8000}, tls: {mode: ISTIO_MUTUAL}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: httpbin, namespace: default}
            spec:
              hosts: [httpbin]
              http:
              - match: [{uri: {regex: "/item/[0-9]+"}, withoutHeaders: {x: {}}, queryParams: {q: {regex: "[a-z]+"}}}]
                rewrite: {uriRegexRewrite: {match: "^/item/([0-9]+)$", rewrite: "/i/\\\\1"}}
                headers: {request: {set: {x-a: "1", Host: other}, add: {x-b: "2"}, remove: [x-c]}}
                route: [{destination: {host: httpbin}}]
              - match: [{uri: {prefix: /old}}]
                redirect: {uri: /new, scheme: https, port: 8443, redirectCode: 308}
              - match: [{method: {exact: DELETE}}]
                directResponse: {status: 405, body: {string: "no"}}
              - retries: {attempts: 5, perTryTimeout: 250ms, retryOn: "5xx,503", retryRemoteLocalities: true, retryIgnorePreviousHosts: false, backoff: 40ms}
                timeout: 1.5s
                mirrors: [{destination: {host: httpbin}, percentage: {value: 25.5}}]
                fault: {delay: {fixedDelay: 1.5s, percentage: {value: 0.1}}, abort: {grpcStatus: UNAVAILABLE, percentage: {value: 50}}}
                route: [{destination: {host: httpbin}}]
            ---
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: more, namespace: default}
            spec:
              action: DENY
              rules:
              - from: [{source: {notNamespaces: [a.b], notIpBlocks: ["10.244.0.0/16", "2001:db8::/32"], principals: ["*/sa/x", "td/*"]}}, {source: {serviceAccounts: ["n/s"]}}]
                to: [{operation: {paths: ["/admin*", "*/secret", "/tmpl/{*}/x/{**}"], hosts: ["*.example.com"], ports: ["8080"]}}]
                when: [{key: "request.headers[x-role]", values: ["evil*"]}, {key: connection.sni, values: ["*.x"]}]
            """;

    @Test
    void acknowledgesClustersEndpointsListenersAndRoutes(@TempDir Path config, @TempDir Path state, @TempDir Path keys)
            throws Exception {
        copyInventoryAndTutorial(config);
        try (ControlService service = ControlService.builder()
                .config(config)
                .state(state)
                .development(true)
                .securePort(-1)
                .plaintextPort(0)
                .adminPort(-1)
                .start()) {
            assertThat(service.awaitReady(Duration.ofSeconds(20))).isTrue();
            assertThat(service.config().problems())
                    .as("problems")
                    .noneMatch(problem -> problem.severity().name().equals("ERROR"));
            try (SecretServer secrets = new SecretServer(TestPki.create().identity("default", "httpbin"), keys);
                    EnvoyProcess envoy =
                            EnvoyProcess.start(BOOTSTRAP.formatted(service.plaintextPort(), secrets.port()), "error")) {
                List<SubscriptionStatus> all = awaitAll(service, envoy);

                assertThat(all).as(envoy.logTail()).allSatisfy(status -> {
                    assertThat(status.rejection()).isEmpty();
                    assertThat(status.acknowledged()).isEqualTo(status.sent());
                });
                assertThat(envoy.stat("cluster_manager.cds.update_rejected")).isZero();
                assertThat(envoy.stat("listener_manager.lds.update_rejected")).isZero();
            }
        }
    }

    private static void copyInventoryAndTutorial(Path config) throws IOException {
        Files.createDirectories(config.resolve("bookinfo"));
        for (String name : List.of("bookinfo", "default", "istio-system", "myapp-subsets")) {
            try (var stream = StockEnvoyTest.class.getResourceAsStream("/inventory/" + name + ".yaml")) {
                Files.write(config.resolve(name + ".yaml"), stream.readAllBytes());
            }
        }
        try (Stream<Path> files = Files.list(Peers.shared("tutorial"))) {
            for (Path file : files.filter(file -> !file.getFileName().toString().matches("0[46].*|11.*"))
                    .toList()) {
                boolean bookinfo = file.getFileName().toString().matches("0[125].*");
                Files.copy(file, config.resolve(bookinfo ? "bookinfo" : "").resolve(file.getFileName()));
            }
        }
        Files.delete(config.resolve("07-circuit-breaker.yaml"));
        Files.writeString(config.resolve("more.yaml"), MORE);
    }

    private static final Set<XdsType> ASKED_BY_ENVOY = EnumSet.of(XdsType.CDS, XdsType.EDS, XdsType.LDS, XdsType.RDS);

    private static List<SubscriptionStatus> awaitAll(ControlService service, EnvoyProcess envoy)
            throws InterruptedException {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            List<StreamStatus> clients = service.clients();
            List<SubscriptionStatus> all =
                    clients.isEmpty() ? List.of() : clients.get(0).subscriptions();
            boolean answered = all.size() == ASKED_BY_ENVOY.size()
                    && all.stream()
                            .noneMatch(status ->
                                    status.outstanding() || status.sent().isEmpty());
            if (answered) {
                return all;
            }
            assertThat(System.nanoTime())
                    .as("in time: " + all + "\n" + envoy.logTail())
                    .isLessThan(limit);
            Thread.sleep(20);
        }
    }
}
