package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.api.spi.Workload;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.balance.EndpointSet;
import io.inmesh.client.balance.LoadBalancer;
import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.client.match.HostMatcher;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.match.StringMatcher;
import io.inmesh.client.pipeline.BeyondEnvoy;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.resilience.Admission;
import io.inmesh.client.resilience.BackOff;
import io.inmesh.client.resilience.CallGuards;
import io.inmesh.client.resilience.RetryPolicy;
import io.inmesh.client.resilience.StatusCodes;
import io.inmesh.client.resilience.Timeouts;
import io.inmesh.client.resilience.TimingWheel;
import io.inmesh.client.route.ClusterChoice;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.CompiledVirtualHost;
import io.inmesh.client.route.HeaderEdits;
import io.inmesh.client.route.LocalPolicies;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.PortRoutes;
import io.inmesh.client.route.RequestHash;
import io.inmesh.client.route.Rewrite;
import io.inmesh.client.route.RouteMatcher;
import io.inmesh.client.route.RouteTable;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.client.security.ClientTlsFactory;
import io.inmesh.client.security.IdentityHolder;
import io.inmesh.client.security.TlsFiles;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.cluster.HttpProtocolOptions;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.TcpKeepalive;
import io.inmesh.xds.model.cluster.UpstreamTransport;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.tls.TransportSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;

/** A mesh of one cluster that every request goes to, over real sockets, and of a second one of the same endpoints for the host {@code other}. */
final class TestMesh implements AutoCloseable {

    private final MeshClock clock = MeshClock.system();
    private final RandomGenerator chance = new SplittableRandom(1);
    private final HostRegistry registry = new HostRegistry(clock, chance);
    private final SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
    private final IdentityHolder identities = new IdentityHolder();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final List<Integer> ports = new ArrayList<>();

    private TransportSocket socket = new TransportSocket.Raw();
    private HttpProtocolOptions.Protocol protocol = HttpProtocolOptions.Protocol.HTTP1;
    private RetryPolicy retry = RetryPolicy.NONE;
    private Timeouts timeouts = new Timeouts(0, 0);
    private Rewrite rewrite = Rewrite.NONE;
    private CircuitBreakers.Thresholds thresholds = CircuitBreakers.Thresholds.DEFAULT;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private boolean passThrough;
    private boolean throwing;
    private long requestsPerConnection;
    private Duration connectionDuration;
    private Duration idle = Duration.ofMinutes(5);
    private Long streams;
    private HttpProtocolOptions.Http2Keepalive pings;
    private TcpKeepalive keepalive;
    private MeshListener listener;
    private BeyondEnvoy beyond = BeyondEnvoy.NOTHING;
    private OkHttpMesh mesh;

    static TestMesh to(Integer... ports) {
        TestMesh mesh = new TestMesh();
        mesh.ports.addAll(List.of(ports));
        return mesh;
    }

    TestMesh tls(TransportSocket tls, WorkloadIdentity identity) {
        socket = tls;
        identities.publish(identity);
        return this;
    }

    TestMesh http2() {
        protocol = HttpProtocolOptions.Protocol.HTTP2;
        return this;
    }

    TestMesh retries(int count, RetryOn... on) {
        retry = policy(count, List.of(), on);
        return this;
    }

    TestMesh retriesOfGets(int count, RetryOn... on) {
        HeaderMatcher get = HeaderMatcher.string(":method", new StringMatcher.Exact("GET", false), false, false);
        retry = policy(count, List.of(get), on);
        return this;
    }

    private static RetryPolicy policy(int count, List<HeaderMatcher> requests, RetryOn... on) {
        return new RetryPolicy(
                Set.of(on),
                count,
                0,
                0,
                new BackOff(1, 1),
                new RetryPolicy.OtherHosts(5, true, 0),
                StatusCodes.NONE,
                List.of(),
                requests);
    }

    TestMesh connections(long maxRequests, Duration maxDuration) {
        requestsPerConnection = maxRequests;
        connectionDuration = maxDuration;
        return this;
    }

    TestMesh streams(long most) {
        streams = most;
        return this;
    }

    TestMesh pings(HttpProtocolOptions.Http2Keepalive when) {
        pings = when;
        return this;
    }

    TestMesh idle(Duration timeout) {
        idle = timeout;
        return this;
    }

    TestMesh keepalive(TcpKeepalive probes) {
        keepalive = probes;
        return this;
    }

    TestMesh asCalled() {
        protocol = HttpProtocolOptions.Protocol.USE_DOWNSTREAM;
        return this;
    }

    TestMesh beyond(BeyondEnvoy what) {
        beyond = what;
        return this;
    }

    TestMesh timeouts(Duration global, Duration perTry) {
        timeouts = new Timeouts(global.toNanos(), perTry.toNanos());
        return this;
    }

    TestMesh rewrite(Rewrite how) {
        rewrite = how;
        return this;
    }

    TestMesh thresholds(CircuitBreakers.Thresholds limits) {
        thresholds = limits;
        return this;
    }

    TestMesh connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    TestMesh passThrough() {
        passThrough = true;
        return this;
    }

    TestMesh throwing() {
        throwing = true;
        return this;
    }

    TestMesh listener(MeshListener heard) {
        listener = heard;
        return this;
    }

    IdentityHolder identities() {
        return identities;
    }

    ClusterState cluster() {
        return registry.cluster("test");
    }

    ClusterState otherCluster() {
        return registry.cluster("other");
    }

    OkHttpMesh mesh() {
        if (mesh == null) {
            publish();
            mesh = new OkHttpMesh(
                    new OutboundPipeline(
                            snapshots,
                            clock,
                            chance,
                            listener,
                            "127.0.0.1",
                            new LocalPolicies(CallGuards.none(), chance, false),
                            beyond),
                    new ClientTlsFactory(identities, new TlsFiles()),
                    new TimingWheel(clock, timers),
                    clock,
                    Duration.ofSeconds(1).toNanos(),
                    throwing,
                    timers);
        }
        return mesh;
    }

    OkHttpClient client() {
        return client(new OkHttpClient());
    }

    OkHttpClient client(OkHttpClient application) {
        return mesh().client(application);
    }

    /** Makes what has been set the current configuration. */
    void publish() {
        HostMatcher.Builder<CompiledVirtualHost> hosts = HostMatcher.builder(true);
        hosts.add("*", new CompiledVirtualHost("all", List.of(route("test"))));
        hosts.add("other", new CompiledVirtualHost("other", List.of(route("other"))));
        PortRoutes all = new PortRoutes(new RouteTable("all", hosts.build()), List.of(), true);
        Map<Integer, PortRoutes> ports = Map.of(80, all, 7070, all, 9080, all);
        snapshots.publish(
                new MeshSnapshot(ports, Map.of("test", upstream("test"), "other", upstream("other")), route("test")));
    }

    private CompiledRoute route(String cluster) {
        ClusterChoice clusters = ClusterChoice.of(
                List.of(new ClusterChoice.Share(cluster, 1, HeaderEdits.NONE, HeaderEdits.NONE, null, null)));
        return new CompiledRoute(
                "route",
                "any",
                "",
                "",
                new RouteMatcher(new PathMatcher.Prefix("/", true), List.of(), List.of(), null, false, null),
                new RouteTarget.Forward(
                        clusters, timeouts, retry, rewrite, 503, true, true, false, RequestHash.NONE, List.of(), null),
                null);
    }

    private UpstreamCluster upstream(String cluster) {
        ClusterState state = registry.cluster(cluster);
        Cluster definition = new Cluster(
                cluster,
                new Discovery.Eds(""),
                connectTimeout,
                new LbPolicy.RoundRobin(null),
                CommonLb.DEFAULT,
                new CircuitBreakers(thresholds, thresholds),
                null,
                new HttpProtocolOptions(protocol, idle, requestsPerConnection, connectionDuration, streams, pings),
                UpstreamTransport.RAW,
                keepalive,
                Metadata.EMPTY);
        List<Endpoint> endpoints =
                ports.stream().map(port -> endpoint(state, port)).toList();
        EndpointSet set = new EndpointSet(
                List.of(new EndpointSet.Level(List.of(new EndpointSet.Zone(1, endpoints)))), 140, false);
        return new UpstreamCluster(
                definition,
                state,
                new LoadBalancer(set, definition, state),
                new Admission(state, thresholds),
                new Admission(state, thresholds),
                null,
                passThrough ? endpoint(state, 0) : null,
                CallReport.Service.UNKNOWN);
    }

    private Endpoint endpoint(ClusterState state, int port) {
        SocketAddress address = new SocketAddress("127.0.0.1", port);
        return new Endpoint(
                state.host(address.toString()),
                new LbEndpoint(address, "", LbEndpoint.HealthStatus.UNKNOWN, 1, Metadata.EMPTY),
                0,
                Locality.UNKNOWN,
                socket,
                Workload.UNKNOWN);
    }

    @Override
    public void close() {
        if (mesh != null) {
            mesh.close();
        }
        timers.shutdownNow();
    }
}
