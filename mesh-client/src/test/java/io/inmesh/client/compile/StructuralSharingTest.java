package io.inmesh.client.compile;

import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static io.inmesh.client.fixture.Resources.virtualHost;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.fixture.Resources;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.route.PathMatch;
import io.inmesh.xds.model.route.Route;
import io.inmesh.xds.model.route.RouteMatch;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StructuralSharingTest {

    private final HostRegistry registry = new HostRegistry(new FakeClock(), new SplittableRandom(1));
    private final OutboundCompiler compiler = new OutboundCompiler(registry, new SplittableRandom(2));
    private final Resources resources = new Resources()
            .listener("0.0.0.0_9080", 9080, "9080")
            .allowAny()
            .routes(route("/", to("one")))
            .table("9080", virtualHost("two", List.of("two"), route("/", to("two"))))
            .cluster("one", "10.0.0.1:80")
            .cluster("two", "10.0.0.2:80");

    private Compilation compilation = compiler.compile(resources.build(), Compilation.nothing());

    @Test
    void anEndpointChangeMakesOneClusterAnewAndNothingElse() {
        MeshSnapshot before = compilation.snapshot();
        MeshSnapshot after = recompiled(resources.endpoints("one", "10.0.0.1:80", "10.0.0.3:80"));
        assertThat(after.cluster("one")).isNotSameAs(before.cluster("one"));
        assertThat(after.cluster("two")).isSameAs(before.cluster("two"));
        assertThat(after.ports().get(80)).isSameAs(before.ports().get(80));
        assertThat(after.ports().get(9080)).isSameAs(before.ports().get(9080));
        assertThat(after.unmatched()).isSameAs(before.unmatched());
        assertThat(after.cluster("one")
                        .balancer()
                        .endpoints()
                        .endpoints()
                        .get(0)
                        .host())
                .isSameAs(before.cluster("one")
                        .balancer()
                        .endpoints()
                        .endpoints()
                        .get(0)
                        .host());
    }

    @Test
    void aRouteChangeMakesOnePortAnewAndNothingElse() {
        MeshSnapshot before = compilation.snapshot();
        MeshSnapshot after = recompiled(resources.routes(route("/x", to("one"))));
        assertThat(after.ports().get(80)).isNotSameAs(before.ports().get(80));
        assertThat(after.ports().get(9080)).isSameAs(before.ports().get(9080));
        assertThat(after.cluster("one")).isSameAs(before.cluster("one"));
        assertThat(after.cluster("two")).isSameAs(before.cluster("two"));
    }

    @Test
    void theSameConfigurationMakesTheSameParts() {
        MeshSnapshot before = compilation.snapshot();
        MeshSnapshot after = recompiled(resources);
        after.ports().forEach((number, port) -> assertThat(port)
                .isSameAs(before.ports().get(number)));
        assertThat(after.unmatched()).isSameAs(before.unmatched());
        after.clusters().forEach((name, cluster) -> assertThat(cluster).isSameAs(before.cluster(name)));
    }

    @Test
    void aRefusedTableLeavesItsLastGoodFormInPlace() {
        MeshSnapshot before = compilation.snapshot();
        MeshSnapshot after = recompiled(
                resources.table("9080", virtualHost("two", List.of("two"), regexRoute("(["), route("/", to("two")))));
        assertThat(compilation.rejections()).singleElement().satisfies(finding -> {
            assertThat(finding.resource()).isEqualTo("route configuration 9080");
            assertThat(finding.reason()).contains("RE2");
        });
        assertThat(after.ports().get(9080)).isSameAs(before.ports().get(9080));
        recompiled(resources.table("9080", virtualHost("two", List.of("two"), route("/y", to("two")))));
        assertThat(compilation.rejections()).isEmpty();
    }

    @Test
    void aDomainInTwoVirtualHostsIsRefusedAsEnvoyDoes() {
        recompiled(resources.table(
                "9080",
                virtualHost("a", List.of("two"), route("/", to("two"))),
                virtualHost("b", List.of("TWO"), route("/", to("one")))));
        assertThat(compilation.rejections()).hasSize(1);
        assertThat(compilation.rejections().get(0).reason()).contains("more than one virtual host");
    }

    @Test
    void aClusterThatIsGoneIsGone() {
        MeshSnapshot after = recompiled(resources.without("two"));
        assertThat(after.cluster("two")).isNull();
        registry.retain(compilation.addressesByCluster());
        assertThat(registry.clusterNames()).containsExactlyInAnyOrder("one", "PassthroughCluster");
    }

    private MeshSnapshot recompiled(Resources changed) {
        compilation = compiler.compile(changed.build(), compilation);
        return compilation.snapshot();
    }

    private static Route regexRoute(String regex) {
        RouteMatch match = new RouteMatch(new PathMatch.Regex(regex), List.of(), List.of(), null, false);
        return new Route("regex", match, to("two"), HeaderMutations.NONE, Map.of(), Metadata.EMPTY, null);
    }
}
