package io.inmesh.client.compile;

import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.balance.LoadBalancer;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.endpoint.LbEndpoint.HealthStatus;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import io.inmesh.xds.state.ResourceCache;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LocalCallersTest {

    private final SplittableRandom chance = new SplittableRandom(1);
    private final HostRegistry registry = new HostRegistry(new FakeClock(), chance);

    @Test
    void theCallersPlaceIsThatOfItsInstance() {
        assertThat(picks(new CallerPlace("10.9.2.1", null), true)).containsOnlyKeys("b");
        assertThat(picks(new CallerPlace("10.9.1.1", null), true)).containsOnlyKeys("a");
    }

    @Test
    void whatIsSaidOfThePlaceWins() {
        CallerPlace said = new CallerPlace("10.9.2.1", new Locality("r", "a", ""));

        assertThat(picks(said, true)).containsOnlyKeys("a");
    }

    @Test
    void whoIsNotAmongTheInstancesCallsEveryZone() {
        assertThat(picks(new CallerPlace("10.9.3.1", null), true)).containsOnlyKeys("a", "b");
        assertThat(picks(new CallerPlace("10.9.1.1", null), false)).containsOnlyKeys("a", "b");
    }

    @Test
    void aChangeOfTheInstancesChangesWhereCallsGo() {
        OutboundCompiler compiler = new OutboundCompiler(registry, chance, new CallerPlace("10.9.1.1", null));
        Compilation spread = compiler.compile(resources(true).build(), Compilation.nothing());
        Compilation unknown = compiler.compile(resources(false).build(), spread);

        assertThat(picks(spread)).containsOnlyKeys("a");
        assertThat(picks(unknown)).containsOnlyKeys("a", "b");
    }

    private Map<String, Integer> picks(CallerPlace caller, boolean listed) {
        return picks(new OutboundCompiler(registry, chance, caller)
                .compile(resources(listed).build(), Compilation.nothing()));
    }

    private Map<String, Integer> picks(Compilation compiled) {
        LoadBalancer balancer = compiled.snapshot().clusters().get("one").balancer();
        Map<String, Integer> zones = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            zones.merge(balancer.pick(chance).locality().zone(), 1, Integer::sum);
        }
        return zones;
    }

    private static Resources resources(boolean listed) {
        Resources resources = new Resources()
                .routes(route("/", to("one")))
                .cluster(Resources.cluster(
                        "one",
                        new LbPolicy.RoundRobin(null),
                        new CommonLb(0, new CommonLb.LocalityMode.None()),
                        CircuitBreakers.DEFAULT,
                        null))
                .endpoints(
                        "one",
                        zone("a", "10.1.1.1:80", "10.1.1.2:80", "10.1.1.3:80"),
                        zone("b", "10.1.2.1:80", "10.1.2.2:80", "10.1.2.3:80"));
        return listed
                ? resources.endpoints(
                        ResourceCache.LOCAL_CLUSTER, zone("a", "10.9.1.1:8080"), zone("b", "10.9.2.1:8080"))
                : resources;
    }

    private static LocalityLbEndpoints zone(String name, String... addresses) {
        return new LocalityLbEndpoints(
                new Locality("r", name, ""),
                0,
                1,
                Arrays.stream(addresses)
                        .map(address -> Resources.endpoint(address, HealthStatus.HEALTHY, 1))
                        .toList());
    }
}
