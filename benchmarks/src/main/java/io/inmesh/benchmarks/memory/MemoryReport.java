package io.inmesh.benchmarks.memory;

import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.benchmarks.Verdict;
import io.inmesh.benchmarks.process.Child;
import io.inmesh.benchmarks.process.Processes;
import io.inmesh.benchmarks.push.World;
import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.control.app.ControlService;
import io.inmesh.testkit.EnvoyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** What does a client hold for 1,000 services of ten endpoints, and what an Envoy that is told the same by the same control service? */
final class MemoryReport {

    private static final int SERVICES = 1000;
    private static final double LIMIT = 1.0 / 15;
    private static final int SECONDS = 120;
    private static final Duration READY = Duration.ofSeconds(60);
    private static final double MEGA = 1 << 20;

    private MemoryReport() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        IgnoredServerName.require();
        Path folder = Files.createTempDirectory("inmesh-memory");
        Files.writeString(
                Files.createDirectories(folder.resolve("config")).resolve("world.yaml"), World.yaml(SERVICES));
        try (ControlService control = ControlService.builder()
                .config(folder.resolve("config"))
                .state(folder.resolve("state"))
                .securePort(0)
                .plaintextPort(0)
                .adminPort(-1)
                .development(true)
                .start()) {
            if (!control.awaitReady(READY)) {
                throw new IOException("the control service does not get ready");
            }
            report(control, folder);
        }
        System.exit(0);
    }

    private static void report(ControlService control, Path folder) throws IOException, InterruptedException {
        String port = Integer.toString(control.plaintextPort());
        String[] held = held(port);
        long heap = Long.parseLong(held[0]);
        Path socket = folder.resolve("secrets.sock");
        MeshAgent agent = secrets(control, folder, socket);
        try (EnvoyProcess empty = EnvoyProcess.start("node: {id: empty, cluster: empty}");
                EnvoyProcess envoy = EnvoyProcess.start(BOOTSTRAP.formatted(port, socket))) {
            awaitAll(envoy);
            long resident = Processes.residentBytes(envoy.pid());
            double ratio = (double) heap / resident;
            System.out.printf(
                    Locale.ROOT,
                    "%d services: %.1f MB of heap for %s clusters; Envoy %.1f MB resident for %d clusters, %.1f MB for none%n",
                    SERVICES,
                    heap / MEGA,
                    held[1],
                    resident / MEGA,
                    envoy.stat("cluster_manager.active_clusters"),
                    Processes.residentBytes(empty.pid()) / MEGA);
            System.out.println(new Verdict("memory", ratio, LIMIT, "times an Envoy", ratio <= LIMIT).json());
        } finally {
            agent.close();
        }
    }

    /** The agent that an Envoy has beside it. */
    private static MeshAgent secrets(ControlService control, Path folder, Path socket) throws IOException {
        MeshAgent agent = MeshAgent.builder()
                .controlService(ControlAddress.secure("127.0.0.1", control.securePort(), control.rootFile()))
                .workload("scale", "envoy")
                .instance("envoy")
                .ip("127.0.0.1")
                .tokenFile(control.bootstrapToken("scale", "envoy"))
                .stateDirectory(folder.resolve("envoy"))
                .serveSecrets(socket, OptionalInt.empty())
                .build();
        agent.identitySource().start(identity -> {});
        return agent;
    }

    private static String[] held(String port) throws IOException {
        try (Child holding = new Child(
                List.of("-Xmx1g", "-XX:+UseSerialGC"),
                Holding.class.getName(),
                List.of(port, Integer.toString(SERVICES)))) {
            return holding.line().split(" ", -1);
        }
    }

    private static void awaitAll(EnvoyProcess envoy) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (envoy.stat("cluster_manager.active_clusters") < SERVICES
                || envoy.stat("cluster_manager.warming_clusters") > 0
                || envoy.stat("http.all.rds.80.update_success") == 0) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("Envoy does not take it:\n" + envoy.logTail());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Without the outbound listeners, which would want packets redirected to them. */
    private static final String BOOTSTRAP = """
            node: {id: sidecar~127.0.0.1~envoy.scale~scale.svc.cluster.local, cluster: envoy, metadata: {NAMESPACE: scale, SERVICE_ACCOUNT: envoy}}
            dynamic_resources:
              ads_config:
                api_type: GRPC
                transport_api_version: V3
                set_node_on_first_message_only: true
                grpc_services: [{envoy_grpc: {cluster_name: ads}}]
              cds_config: {ads: {}, resource_api_version: V3}
            static_resources:
              listeners:
              - name: outbound
                address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                filter_chains:
                - filters:
                  - name: hcm
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: all
                      rds: {route_config_name: "80", config_source: {ads: {}, resource_api_version: V3}}
                      http_filters: [{name: router, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}}]
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
                  endpoints: [{lb_endpoints: [{endpoint: {address: {pipe: {path: "%s"}}}}]}]
            """;
}
