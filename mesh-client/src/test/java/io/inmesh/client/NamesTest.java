package io.inmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.NameResolver;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.FakeScheduler;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import io.inmesh.xds.state.ConfigSource;
import io.inmesh.xds.state.XdsResources;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Clusters whose endpoints are names, from the configuration to the endpoints that calls see. */
class NamesTest {

    private static final MeshRequest REQUEST = TextRequest.get("http://a/");

    private final BlockingQueue<NameResolver.Answer> answers = new LinkedBlockingQueue<>();

    @Test
    void eachAddressOfAStrictNameIsAnEndpointAndALogicalNameHasOne() throws Exception {
        answers.add(answer("10.0.0.1", "10.0.0.2"));
        try (Mesh mesh = mesh(resources(new Discovery.StrictDns(named("a.test"), Discovery.Dns.DEFAULT)))) {
            mesh.awaitReady(Duration.ofSeconds(10));
            assertThat(addresses(mesh)).containsExactly("10.0.0.1:8080", "10.0.0.2:8080");
        }
        answers.add(answer("10.0.0.1", "10.0.0.2"));
        try (Mesh mesh = mesh(resources(new Discovery.LogicalDns(named("a.test"), Discovery.Dns.DEFAULT)))) {
            mesh.awaitReady(Duration.ofSeconds(10));
            assertThat(addresses(mesh)).containsExactly("10.0.0.1:8080");
        }
    }

    @Test
    void anAddressIsNotLookedUp() throws Exception {
        try (Mesh mesh = mesh(resources(new Discovery.StrictDns(named("10.7.7.7"), Discovery.Dns.DEFAULT)))) {
            mesh.awaitReady(Duration.ofSeconds(10));
            assertThat(addresses(mesh)).containsExactly("10.7.7.7:8080");
        }
    }

    private static List<String> addresses(Mesh mesh) {
        List<String> addresses = new ArrayList<>();
        for (Explanation.Destination destination : mesh.explain(REQUEST).clusters()) {
            destination.endpoints().forEach(endpoint -> addresses.add(endpoint.address()));
        }
        return addresses;
    }

    private Mesh mesh(XdsResources resources) {
        FakeClock clock = new FakeClock();
        return Mesh.builder()
                .config(new ConfigSource() {
                    @Override
                    public void start(Consumer<XdsResources> consumer) {
                        consumer.accept(resources);
                    }

                    @Override
                    public void close() {}
                })
                .clock(clock)
                .executor(new FakeScheduler(clock))
                .nameResolver(name -> {
                    try {
                        NameResolver.Answer answer = answers.poll(10, TimeUnit.SECONDS);
                        if (answer == null) {
                            throw new UnknownHostException(name);
                        }
                        return answer;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new UnknownHostException(name);
                    }
                })
                .build();
    }

    private static XdsResources resources(Discovery discovery) {
        Cluster plain = Resources.defaultCluster("one");
        return new Resources()
                .routes(Resources.route("/", Resources.to("one")))
                .cluster(new Cluster(
                        "one",
                        discovery,
                        plain.connectTimeout(),
                        plain.lbPolicy(),
                        plain.commonLb(),
                        plain.circuitBreakers(),
                        null,
                        plain.httpProtocolOptions(),
                        plain.transport(),
                        null,
                        plain.metadata()))
                .build();
    }

    private static ClusterLoadAssignment named(String host) {
        LbEndpoint endpoint = Resources.endpoint("1.1.1.1:8080", LbEndpoint.HealthStatus.UNKNOWN, 1);
        LbEndpoint named = new LbEndpoint(new SocketAddress(host, 8080), "", endpoint.health(), 1, endpoint.metadata());
        return new ClusterLoadAssignment(
                "one", List.of(new LocalityLbEndpoints(Locality.UNKNOWN, 0, 1, List.of(named))), 140, false);
    }

    private static NameResolver.Answer answer(String... addresses) throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(InetAddress.getByName(address));
        }
        return new NameResolver.Answer(all, null);
    }
}
