package io.inmesh.agent.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.agent.ScriptedAds;
import io.inmesh.agent.connect.AgentContext;
import io.inmesh.agent.connect.Channels;
import io.inmesh.agent.store.ResourceStore;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.FakeScheduler;
import io.inmesh.testkit.Peers;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.DiscoveryType;
import io.inmesh.xds.envoy.Clusters.EdsClusterConfig;
import io.inmesh.xds.envoy.CoreBase;
import io.inmesh.xds.envoy.CoreConfigSource;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.Endpoints.ClusterLoadAssignment;
import io.inmesh.xds.envoy.Rpc;
import io.inmesh.xds.state.FileConfigSource;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdsClientTest {

    private static final Node NODE = new Node(
            "reviews-1",
            "shop",
            "reviews",
            "10.1.2.3",
            "cluster.local",
            Map.of("app", "reviews"),
            new Node.Locality("eu", "eu-1", ""),
            Map.of());

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final ScriptedAds ads = new ScriptedAds().up();
    private final List<AdsClient> clients = new ArrayList<>();
    private final List<XdsResources> delivered = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        clients.forEach(AdsClient::close);
        scheduler.runDue();
        ads.close();
    }

    @Test
    void whoLeavesSaysSoAsIstiosAgentsReportAFailedProbe() {
        AdsClient client = start(Optional.empty());
        ads.requests();
        client.leave();
        scheduler.runDue();

        assertLeaves(ads.requests());
        ads.breakStream();
        scheduler.advance(Duration.ofMinutes(1));
        assertLeaves(List.of(ads.requests().get(2)));
    }

    @Test
    void whoClosesLeavesFirst() {
        AdsClient client = start(Optional.empty());
        ads.send(ResourceType.CLUSTER, "1", List.of());
        scheduler.runDue();
        ads.requests();
        client.close();
        scheduler.runDue();

        assertLeaves(ads.requests());
    }

    private static void assertLeaves(List<Message> requests) {
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.get(DiscoveryRequest.TYPE_URL))
                    .isEqualTo("type.googleapis.com/istio.v1.HealthInformation");
            assertThat(request.find(DiscoveryRequest.ERROR_DETAIL)).isPresent();
        });
    }

    @Test
    void beginsWithTheNodeAndAsksForClustersAndListenersOnly() {
        start(Optional.empty());
        List<Message> requests = ads.requests();
        assertThat(requests)
                .extracting(r -> r.get(DiscoveryRequest.TYPE_URL))
                .containsExactly(ResourceType.CLUSTER.typeUrl(), ResourceType.LISTENER.typeUrl());
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.get(DiscoveryRequest.RESOURCE_NAMES)).isEmpty();
            assertThat(request.get(DiscoveryRequest.VERSION_INFO)).isEmpty();
            assertThat(request.get(DiscoveryRequest.RESPONSE_NONCE)).isEmpty();
        });
        assertThat(requests.get(0).get(DiscoveryRequest.NODE).get(CoreBase.Node.ID))
                .isEqualTo("sidecar~10.1.2.3~reviews-1.shop~shop.svc.cluster.local");
        assertThat(requests.get(1).has(DiscoveryRequest.NODE)).isFalse();
    }

    @Test
    void acknowledgesWhatIsUsableAndAsksForWhatItNames() {
        start(Optional.empty());
        ads.requests();
        String nonce = ads.send(ResourceType.CLUSTER, "v1", List.of(cluster("a"), cluster("b")));
        scheduler.runDue();
        Message ack = ads.requests(ResourceType.CLUSTER).get(0);
        assertThat(ack.get(DiscoveryRequest.VERSION_INFO)).isEqualTo("v1");
        assertThat(ack.get(DiscoveryRequest.RESPONSE_NONCE)).isEqualTo(nonce);
        assertThat(ack.has(DiscoveryRequest.ERROR_DETAIL)).isFalse();
        assertThat(ads.requests(ResourceType.LOAD_ASSIGNMENT)).singleElement().satisfies(r -> assertThat(
                        r.get(DiscoveryRequest.RESOURCE_NAMES))
                .containsExactly("a", "b"));
        assertThat(last().clusters().byName()).containsOnlyKeys("a", "b");
        assertThat(last().complete()).isFalse();
        sync("v1", "a", "b");
        assertThat(last().complete()).isTrue();
    }

    @Test
    void refusesByNameWhatIsNotUsableAndTakesTheRest() {
        start(Optional.empty());
        sync("v1", "a", "b");
        ads.requests();
        Message broken = cluster("b").with(Cluster.EDS_CLUSTER_CONFIG, null).with(Cluster.DISCOVERY_TYPE, null);
        Message worse =
                broken.with(Cluster.LOAD_ASSIGNMENT, null).with(Cluster.CONNECT_TIMEOUT, Duration.ofSeconds(-1));
        String nonce = ads.send(ResourceType.CLUSTER, "v2", List.of(cluster("a"), worse, cluster("c"), cluster("")));
        scheduler.runDue();
        Message nack = ads.requests(ResourceType.CLUSTER).get(0);
        assertThat(nack.get(DiscoveryRequest.VERSION_INFO)).isEqualTo("v1");
        assertThat(nack.get(DiscoveryRequest.RESPONSE_NONCE)).isEqualTo(nonce);
        assertThat(nack.get(DiscoveryRequest.ERROR_DETAIL).get(Rpc.Status.CODE)).isEqualTo(3);
        assertThat(nack.get(DiscoveryRequest.ERROR_DETAIL).get(Rpc.Status.MESSAGE))
                .contains("Cluster");
        assertThat(last().clusters().byName()).containsKeys("a", "b", "c");
        ads.requests();
        ads.send(ResourceType.CLUSTER, "v3", List.of(cluster("a")));
        scheduler.runDue();
        assertThat(ads.requests(ResourceType.CLUSTER).get(0).get(DiscoveryRequest.VERSION_INFO))
                .isEqualTo("v3");
    }

    @Test
    void neverAsksForSecrets() {
        start(Optional.empty());
        sync("v1", "a");
        ads.send(Message.of(DiscoveryResponse.TYPE)
                .with(
                        DiscoveryResponse.TYPE_URL,
                        "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret")
                .with(DiscoveryResponse.VERSION_INFO, "v1"));
        scheduler.runDue();
        assertThat(ads.requests())
                .noneMatch(r -> r.get(DiscoveryRequest.TYPE_URL).contains("Secret"));
    }

    @Test
    void anEndedStreamIsOpenedAgainWithAllSubscriptionsAndLosesNothing() {
        AdsClient client = start(Optional.empty());
        sync("v1", "a", "b");
        ads.requests();
        XdsResources before = last();
        ads.breakStream();
        scheduler.runDue();
        assertThat(client.status().connected()).isFalse();
        assertThat(client.status().lastError().orElseThrow()).contains("broken by script");
        scheduler.advance(Duration.ofMillis(300));
        assertThat(ads.streams()).isEqualTo(2);
        List<Message> requests = ads.requests();
        assertThat(requests.get(0).has(DiscoveryRequest.NODE)).isTrue();
        assertThat(requests).hasSize(3).allSatisfy(request -> {
            assertThat(request.get(DiscoveryRequest.VERSION_INFO)).isEqualTo("v1");
            assertThat(request.get(DiscoveryRequest.RESPONSE_NONCE)).isEmpty();
        });
        assertThat(requests.get(1).get(DiscoveryRequest.RESOURCE_NAMES)).containsExactly("a", "b");
        assertThat(last()).isSameAs(before);
        sync("v2", "a", "b");
        assertThat(client.status().connected()).isTrue();
        assertThat(last().clusters().byName().get("a"))
                .isSameAs(before.clusters().byName().get("a"));
    }

    @Test
    void aLongOutageIsKnockedAtGentlyAndEndsWithinSeconds() {
        start(Optional.empty());
        sync("v1", "a");
        ads.down();
        scheduler.advance(Duration.ofMinutes(30));
        assertThat(last().clusters().byName()).containsKey("a");
        ads.up();
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(ads.streams()).isEqualTo(2);
    }

    @Test
    void attemptsAreSpacedByGrowingJitteredWaits() {
        ads.down();
        List<Long> attempts = new ArrayList<>();
        AdsClient counted = start(channelsCounting(attempts), Optional.empty());
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(attempts).hasSizeBetween(15, 25);
        for (int i = 5; i + 1 < attempts.size(); i++) {
            assertThat(attempts.get(i + 1) - attempts.get(i)).isBetween(3_200_000_000L, 4_800_000_000L);
        }
        assertThat(attempts.get(1) - attempts.get(0)).isBetween(200_000_000L, 300_000_000L);
        assertThat(counted.status().connected()).isFalse();
    }

    @Test
    void whatIsNamedAndNeverComesIsGivenUpAfterFifteenSeconds() {
        start(Optional.empty());
        ads.send(ResourceType.CLUSTER, "v1", List.of(cluster("a")));
        ads.send(ResourceType.LISTENER, "v1", List.of());
        scheduler.advance(Duration.ofSeconds(14));
        assertThat(last().complete()).isFalse();
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(last().complete()).isTrue();
    }

    @Test
    void whatIsNamedIsNotGivenUpWhileTheControlServiceIsAway() {
        start(Optional.empty());
        ads.send(ResourceType.CLUSTER, "v1", List.of(cluster("a")));
        ads.send(ResourceType.LISTENER, "v1", List.of());
        scheduler.runDue();
        ads.down();
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(last().complete()).isFalse();
        ads.up();
        scheduler.advance(Duration.ofSeconds(6));
        sync("v2", "a");
        assertThat(last().complete()).isTrue();
    }

    @Test
    void whatIsNoLongerNamedIsNoLongerAskedFor() {
        start(Optional.empty());
        sync("v1", "a", "b");
        ads.requests();
        ads.send(ResourceType.CLUSTER, "v2", List.of(cluster("b")));
        scheduler.runDue();
        assertThat(ads.requests(ResourceType.LOAD_ASSIGNMENT).get(0).get(DiscoveryRequest.RESOURCE_NAMES))
                .containsExactly("b");
        assertThat(last().loadAssignments().byName()).containsOnlyKeys("b");
    }

    @Test
    void aRestartWithoutAControlServiceServesFromDisk() throws Exception {
        start(Optional.of(store())).close();
        AdsClient first = start(Optional.of(store()));
        sync("v1", "a", "b");
        scheduler.advance(Duration.ofSeconds(1));
        first.close();
        scheduler.runDue();
        ads.down();
        delivered.clear();
        AdsClient restarted = start(Optional.of(store()));
        assertThat(last().complete()).isTrue();
        assertThat(last().loadAssignments().byName()).containsOnlyKeys("a", "b");
        assertThat(restarted.status().fromDisk()).isTrue();
        ads.up();
        ads.requests();
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(ads.requests()).hasSize(3).allSatisfy(request -> assertThat(
                        request.get(DiscoveryRequest.VERSION_INFO))
                .isEqualTo("v1"));
        sync("v9", "b");
        assertThat(last().clusters().byName()).containsOnlyKeys("b");
        assertThat(restarted.status().fromDisk()).isFalse();
    }

    @Test
    void closingWritesWhatIsNotYetOnDisk() throws Exception {
        AdsClient first = start(Optional.of(store()));
        sync("v1", "a");
        first.close();
        scheduler.runDue();
        assertThat(store().load()).hasSize(4);
    }

    /** A crash in the middle of a fetch must not replace a complete copy by half of one. */
    @Test
    void incompleteResourcesAreNotWritten() throws Exception {
        start(Optional.of(store()));
        sync("v1", "a");
        scheduler.advance(Duration.ofSeconds(1));
        byte[] complete = Files.readAllBytes(folder.resolve("resources/resources"));
        ads.send(ResourceType.CLUSTER, "v2", List.of(cluster("a"), cluster("new")));
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(Files.readAllBytes(folder.resolve("resources/resources"))).isEqualTo(complete);
        ads.send(ResourceType.LOAD_ASSIGNMENT, "v2", List.of(assignment("new")));
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(Files.readAllBytes(folder.resolve("resources/resources"))).isNotEqualTo(complete);
    }

    @Test
    void aDamagedOrUnwritableDiskDoesNotMatter() throws Exception {
        start(Optional.of(store()));
        sync("v1", "a");
        scheduler.advance(Duration.ofSeconds(1));
        byte[] whole = Files.readAllBytes(folder.resolve("resources/resources"));
        whole[whole.length / 2] ^= 1;
        Files.write(folder.resolve("resources/resources"), whole);
        ads.down();
        ads.up();
        delivered.clear();
        start(Optional.of(store()));
        assertThat(delivered).isEmpty();
        Files.delete(folder.resolve("resources/resources"));
        Files.delete(folder.resolve("resources"));
        sync("v2", "a");
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(last().complete()).isTrue();
    }

    @Test
    void aConsumerThatFailsDoesNotEndTheStream() {
        AdsClient client = new AdsClient(NODE, context(), shown -> ads.channel(), Optional::empty, Optional.empty());
        clients.add(client);
        client.start(resources -> {
            delivered.add(resources);
            throw new IllegalStateException("cannot use them");
        });
        scheduler.runDue();
        sync("v1", "a");
        sync("v2", "a", "b");
        assertThat(last().clusters().byName()).containsKeys("a", "b");
        assertThatThrownBy(() -> client.start(delivered::add)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedClientKnocksNoMore() {
        AdsClient client = start(Optional.empty());
        sync("v1", "a");
        client.close();
        int before = delivered.size();
        scheduler.advance(Duration.ofHours(1));
        assertThat(ads.streams()).isEqualTo(1);
        assertThat(delivered).hasSize(before);
    }

    @Test
    void whatIstiodSendsIsTakenAndItsRouteConfigurationsAreAskedFor() throws Exception {
        Path capture = Peers.shared("istiod-captures/reviews-client");
        start(Optional.empty());
        for (ResourceType type : ResourceType.values()) {
            byte[] bytes = Files.readAllBytes(FileConfigSource.file(capture, type));
            ads.send(Message.parse(DiscoveryResponse.TYPE, bytes));
            scheduler.runDue();
        }
        assertThat(last().complete()).isTrue();
        assertThat(last().routeConfigurations().byName()).isNotEmpty();
        List<Message> requests = ads.requests(ResourceType.ROUTE_CONFIGURATION);
        assertThat(requests.get(requests.size() - 1).get(DiscoveryRequest.RESOURCE_NAMES))
                .containsAll(last().routeConfigurations().byName().keySet());
        assertThat(ads.requests()).noneMatch(r -> r.has(DiscoveryRequest.ERROR_DETAIL));
    }

    private void sync(String version, String... names) {
        ads.send(
                ResourceType.CLUSTER,
                version,
                List.of(names).stream().map(AdsClientTest::cluster).toList());
        ads.send(
                ResourceType.LOAD_ASSIGNMENT,
                version,
                List.of(names).stream().map(AdsClientTest::assignment).toList());
        ads.send(ResourceType.LISTENER, version, List.of());
        scheduler.runDue();
    }

    private XdsResources last() {
        return delivered.get(delivered.size() - 1);
    }

    private ResourceStore store() throws Exception {
        return new ResourceStore(PrivateDirectory.open(folder.resolve("resources")), "shop/reviews");
    }

    private AgentContext context() {
        return new AgentContext(clock, new Random(4), scheduler, scheduler);
    }

    private Channels channelsCounting(List<Long> attempts) {
        return shown -> {
            attempts.add(clock.nanoTime());
            return ads.channel();
        };
    }

    @Test
    void aNodeThatDiscoversItselfAsksForItsOwnInstancesToo() {
        AdsClient client = new AdsClient(
                NODE.with("ENABLE_SELF_DISCOVERY", "true"),
                context(),
                shown -> ads.channel(),
                Optional::empty,
                Optional.empty());
        clients.add(client);
        client.start(delivered::add);
        scheduler.runDue();
        ads.requests();
        ads.send(ResourceType.CLUSTER, "v1", List.of(cluster("a")));
        scheduler.runDue();

        assertThat(ads.requests(ResourceType.LOAD_ASSIGNMENT)).singleElement().satisfies(r -> assertThat(
                        r.get(DiscoveryRequest.RESOURCE_NAMES))
                .containsExactlyInAnyOrder("a", ResourceCache.LOCAL_CLUSTER));
    }

    private AdsClient start(Optional<ResourceStore> store) {
        return start(shown -> ads.channel(), store);
    }

    private AdsClient start(Channels channels, Optional<ResourceStore> store) {
        AdsClient client = new AdsClient(NODE, context(), channels, Optional::empty, store);
        clients.add(client);
        client.start(delivered::add);
        scheduler.runDue();
        return client;
    }

    private static Message cluster(String name) {
        Message source = Message.of(CoreConfigSource.ConfigSource.TYPE)
                .with(CoreConfigSource.ConfigSource.ADS, Message.of(CoreConfigSource.AggregatedConfigSource.TYPE));
        return Message.of(Cluster.TYPE)
                .with(Cluster.NAME, name)
                .with(Cluster.DISCOVERY_TYPE, DiscoveryType.EDS)
                .with(
                        Cluster.EDS_CLUSTER_CONFIG,
                        Message.of(EdsClusterConfig.TYPE).with(EdsClusterConfig.EDS_CONFIG, source));
    }

    private static Message assignment(String name) {
        return Message.of(ClusterLoadAssignment.TYPE).with(ClusterLoadAssignment.CLUSTER_NAME, name);
    }
}
