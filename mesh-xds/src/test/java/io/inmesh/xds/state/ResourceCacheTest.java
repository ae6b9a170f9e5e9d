package io.inmesh.xds.state;

import static io.inmesh.xds.state.Responses.assignment;
import static io.inmesh.xds.state.Responses.clusters;
import static io.inmesh.xds.state.Responses.eds;
import static io.inmesh.xds.state.Responses.listener;
import static io.inmesh.xds.state.Responses.listeners;
import static io.inmesh.xds.state.Responses.loadAssignments;
import static io.inmesh.xds.state.Responses.route;
import static io.inmesh.xds.state.Responses.routes;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.DiscoveryType;
import io.inmesh.xds.envoy.CoreBase.Metadata;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourceCacheTest {

    private final ResourceCache cache = new ResourceCache();

    @Test
    void asksForWhatListenersAndClustersName() {
        cache.apply(clusters(eds("a"), eds("b")));
        cache.apply(listeners(listener("l", "80")));

        assertThat(cache.names(ResourceType.LOAD_ASSIGNMENT)).containsExactly("a", "b");
        assertThat(cache.names(ResourceType.ROUTE_CONFIGURATION)).containsExactly("80");
        assertThat(cache.names(ResourceType.CLUSTER)).isEmpty();
    }

    @Test
    void isCompleteWhenEverythingNamedHasCome() {
        assertThat(cache.resources().complete()).isFalse();
        assertThat(cache.apply(clusters(eds("a"))).resources().complete()).isFalse();
        assertThat(cache.apply(loadAssignments(assignment("a", 1))).resources().complete())
                .isFalse();
        assertThat(cache.apply(listeners(listener("l", "80"))).resources().complete())
                .isFalse();
        assertThat(cache.apply(routes(route("80", "a"))).resources().complete()).isTrue();
    }

    @Test
    void aLoadAssignmentOfTheNodesOwnIsAskedForAndKeptAndNotWaitedFor() {
        ResourceCache own = new ResourceCache(Set.of(ResourceCache.LOCAL_CLUSTER));
        own.apply(clusters(eds("a")));
        assertThat(own.names(ResourceType.LOAD_ASSIGNMENT)).containsExactly("a", ResourceCache.LOCAL_CLUSTER);

        own.apply(listeners());
        assertThat(own.apply(loadAssignments(assignment("a", 1))).resources().complete())
                .isTrue();
        own.apply(loadAssignments(assignment(ResourceCache.LOCAL_CLUSTER, 1)));
        assertThat(own.apply(clusters()).resources().loadAssignments().byName())
                .containsOnlyKeys(ResourceCache.LOCAL_CLUSTER);
    }

    @Test
    void nothingAtAllIsCompleteOnceItIsSaid() {
        cache.apply(clusters());

        assertThat(cache.apply(listeners()).resources().complete()).isTrue();
    }

    @Test
    void whatIsGivenUpIsNotWaitedForAndStillTakenWhenItComes() {
        cache.apply(clusters(eds("a")));
        cache.apply(listeners(listener("l", "80")));

        XdsResources resources = cache.giveUpMissing();
        assertThat(resources.complete()).isTrue();
        assertThat(resources.loadAssignments().givenUp()).containsExactly("a");
        assertThat(resources.loadAssignments().received()).isFalse();

        resources = cache.apply(loadAssignments(assignment("a", 1))).resources();
        assertThat(resources.loadAssignments().byName()).containsOnlyKeys("a");
        assertThat(resources.loadAssignments().givenUp()).isEmpty();
    }

    @Test
    void aNameThatAppearsAfterGivingUpIsWaitedFor() {
        cache.apply(clusters());
        cache.apply(listeners());
        cache.giveUpMissing();

        assertThat(cache.apply(clusters(eds("new"))).resources().complete()).isFalse();
    }

    @Test
    void anAbsentClusterIsGoneAndItsLoadAssignmentWithIt() {
        cache.apply(clusters(eds("a"), eds("b")));
        cache.apply(loadAssignments(assignment("a", 1), assignment("b", 2)));

        XdsResources resources = cache.apply(clusters(eds("a"))).resources();

        assertThat(resources.clusters().byName()).containsOnlyKeys("a");
        assertThat(resources.loadAssignments().byName()).containsOnlyKeys("a");
        assertThat(cache.names(ResourceType.LOAD_ASSIGNMENT)).containsExactly("a");
    }

    @Test
    void anAbsentLoadAssignmentOrRouteConfigurationStays() {
        complete();

        XdsResources resources =
                cache.apply(loadAssignments(assignment("b", 3))).resources();
        assertThat(resources.loadAssignments().byName()).containsOnlyKeys("a", "b");

        resources = cache.apply(routes()).resources();
        assertThat(resources.routeConfigurations().byName()).containsOnlyKeys("80");
    }

    @Test
    void aListenerThatIsGoneTakesItsRouteConfigurationWithIt() {
        complete();

        XdsResources resources = cache.apply(listeners(listener("other", "81"))).resources();

        assertThat(resources.listeners().byName()).containsOnlyKeys("other");
        assertThat(resources.routeConfigurations().byName()).isEmpty();
    }

    @Test
    void aClusterThatIsGoneStaysWhileRoutesLeadToItUntilTheNextRoutes() {
        complete();

        XdsResources resources = cache.apply(clusters(eds("b"))).resources();
        assertThat(resources.clusters().byName()).containsOnlyKeys("a", "b");
        assertThat(resources.loadAssignments().byName()).containsKey("a");

        resources = cache.apply(routes(route("80", "b"))).resources();
        assertThat(resources.clusters().byName()).containsOnlyKeys("b");
        assertThat(resources.loadAssignments().byName()).containsOnlyKeys("b");
    }

    @Test
    void aClusterThatIsGoneDoesNotOutliveTheNextClustersEvenIfARouteStillLeadsToIt() {
        complete();

        cache.apply(clusters(eds("b")));
        XdsResources resources = cache.apply(clusters(eds("b"))).resources();

        assertThat(resources.clusters().byName()).containsOnlyKeys("b");
    }

    @Test
    void whatDidNotChangeIsTheSameInstance() {
        XdsResources before = complete();

        XdsResources after = cache.apply(
                        clusters(eds("a"), eds("b").with(Cluster.CONNECT_TIMEOUT, Duration.ofSeconds(1))))
                .resources();

        assertThat(after.clusters().byName().get("a"))
                .isSameAs(before.clusters().byName().get("a"));
        assertThat(after.clusters().byName().get("b"))
                .isNotEqualTo(before.clusters().byName().get("b"));
        assertThat(after.listeners()).isSameAs(before.listeners());
        assertThat(after.routeConfigurations()).isSameAs(before.routeConfigurations());
        assertThat(after.loadAssignments()).isSameAs(before.loadAssignments());
    }

    @Test
    void otherBytesOfTheSameMeaningAreTheSameInstance() {
        XdsResources before = complete();
        Message sameMeaning = eds("a").with(Cluster.METADATA, Message.of(Metadata.TYPE));

        XdsResources after = cache.apply(clusters(sameMeaning, eds("b"))).resources();

        assertThat(after.clusters().byName().get("a"))
                .isSameAs(before.clusters().byName().get("a"));
    }

    @Test
    void brokenBytesAreReportedAndWhatIsThereStays() {
        XdsResources before = complete();
        Message broken = Message.of(Any.TYPE)
                .with(Any.TYPE_URL, ResourceType.ROUTE_CONFIGURATION.typeUrl())
                .with(Any.VALUE, Bytes.utf8("broken"));

        ResourceCache.Applied applied = cache.apply(routes().with(DiscoveryResponse.RESOURCES, List.of(broken)));

        assertThat(applied.rejections()).singleElement().satisfies(rejection -> assertThat(rejection.type())
                .isEqualTo("envoy.config.route.v3.RouteConfiguration"));
        assertThat(applied.resources().routeConfigurations().byName())
                .isEqualTo(before.routeConfigurations().byName());
    }

    @Test
    void oneBadClusterVoidsNeitherTheOthersNorItsOwnLastGoodOne() {
        XdsResources before = complete();
        Message bad = eds("a").with(Cluster.LOAD_ASSIGNMENT, assignment("a", 70_000))
                .with(Cluster.DISCOVERY_TYPE, DiscoveryType.STATIC);

        ResourceCache.Applied applied = cache.apply(clusters(bad, eds("b"), eds("c")));

        assertThat(applied.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.name()).isEqualTo("a");
            assertThat(rejection.reason())
                    .startsWith("load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address")
                    .contains("70000");
        });
        assertThat(applied.resources().clusters().byName()).containsOnlyKeys("a", "b", "c");
        assertThat(applied.resources().clusters().byName().get("a"))
                .isSameAs(before.clusters().byName().get("a"));
    }

    @Test
    void aNameThatComesTwiceIsReported() {
        ResourceCache.Applied applied =
                cache.apply(clusters(eds("a"), eds("a").with(Cluster.CONNECT_TIMEOUT, Duration.ofSeconds(1))));

        assertThat(applied.rejections()).singleElement().satisfies(rejection -> assertThat(rejection.reason())
                .contains("more than once"));
        assertThat(applied.resources().clusters().byName().get("a").connectTimeout())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aTypeThatNobodyAskedForChangesNothing() {
        XdsResources before = complete();

        ResourceCache.Applied applied = cache.apply(Message.of(DiscoveryResponse.TYPE)
                .with(DiscoveryResponse.TYPE_URL, "type.googleapis.com/istio.networking.nds.v1.NameTable"));

        assertThat(applied.rejections()).hasSize(1);
        assertThat(applied.resources()).isSameAs(before);
    }

    @Test
    void whatIsWrittenOutCanBeReadBack() {
        XdsResources before = complete();
        ResourceCache copy = new ResourceCache();

        for (ResourceType type : ResourceType.values()) {
            copy.apply(cache.response(type));
        }

        assertThat(copy.resources()).isEqualTo(before);
    }

    private XdsResources complete() {
        cache.apply(clusters(eds("a"), eds("b")));
        cache.apply(loadAssignments(assignment("a", 1), assignment("b", 2)));
        cache.apply(listeners(listener("l", "80")));
        return cache.apply(routes(route("80", "a"))).resources();
    }
}
