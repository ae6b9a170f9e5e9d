package io.inmesh.client.compile;

import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static io.inmesh.client.fixture.Resources.virtualHost;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.fixture.Resources;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.HeaderMutations.Addition;
import io.inmesh.xds.model.HeaderMutations.AppendAction;
import io.inmesh.xds.model.HeaderMutations.Changes;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.route.DirectResponse;
import io.inmesh.xds.model.route.PathMatch;
import io.inmesh.xds.model.route.Route;
import io.inmesh.xds.model.route.RouteMatch;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A configuration that is meant to hurt is refused by name or bounded, and the last good one stays. */
class HostileConfigurationTest {

    private static final int MANY = 100_000;

    private final SplittableRandom chance = new SplittableRandom(3);
    private final OutboundCompiler compiler = new OutboundCompiler(new HostRegistry(new FakeClock(), chance), chance);
    private final Compilation good =
            compiler.compile(new Resources().routes(route("/", to("one"))).build(), Compilation.nothing());

    @Test
    void aHundredThousandRegexRoutesAreRefusedTogether() {
        Route[] routes = IntStream.range(0, MANY)
                .mapToObj(i -> matching(new PathMatch.Regex("/item/" + i + "/[a-z]+(/detail)?")))
                .toArray(Route[]::new);
        Finding finding = refused(routes);
        assertThat(finding.reason()).contains("regexes together");
        assertThat(finding.path()).matches("virtual_hosts\\[0]\\.routes\\[\\d+]");
    }

    @Test
    void aRegexThatUnrollsIsRefusedAndItsRouteNamed() {
        Finding finding = refused(route("/", to("one")), matching(new PathMatch.Regex("((a{1000}){1000}){1000}")));
        assertThat(finding.reason()).contains("larger than");
        assertThat(finding.path()).isEqualTo("virtual_hosts[0].routes[1]");
    }

    @Test
    void aHundredThousandPlainRoutesAreFoundAsOneIs() {
        Route[] routes = IntStream.range(0, MANY)
                .mapToObj(i -> matching(new PathMatch.Prefix("/item/" + i + "/", true)))
                .toArray(Route[]::new);
        Compilation compiled = compiled(new Resources().routes(routes));
        TextRequest last = TextRequest.get("http://a/item/" + (MANY - 1) + "/x");
        assertThat(compiled.rejections()).isEmpty();
        assertThat(compiled.snapshot().table(80, "a").hosts().find("a").match(last, 0))
                .isNotNull();
    }

    @Test
    void oneDomainInTwoVirtualHostsIsRefused() {
        Compilation compiled = compiled(new Resources()
                .table(
                        "80",
                        virtualHost("a", List.of("same"), route("/", to("one"))),
                        virtualHost("b", List.of("SAME"), route("/", to("one")))));
        assertThat(compiled.rejections()).hasSize(1);
        assertThat(compiled.rejections().get(0).reason()).contains("more than one virtual host");
        stays(compiled);
    }

    @Test
    void moreHeadersThanEnvoyTakesAreRefused() {
        assertThat(refused(adding(1001, "x")).reason()).contains("more than 1000");
        assertThat(compiled(new Resources().routes(adding(1000, "x"))).rejections())
                .isEmpty();
    }

    @Test
    void whatIsNotSupportedIsReportedOnlySoOften() {
        Route[] routes = IntStream.range(0, 50)
                .mapToObj(i -> adding(100, "%START_TIME%"))
                .toArray(Route[]::new);
        Compilation compiled = compiled(new Resources().routes(routes));
        assertThat(compiled.unsupported()).hasSizeLessThanOrEqualTo(1001);
        assertThat(compiled.unsupported())
                .anyMatch(finding -> finding.reason().contains("more fields"))
                .anyMatch(finding -> finding.reason().contains("START_TIME"));
    }

    @Test
    void aDirectResponseLargerThanAllowedIsRefused() {
        assertThat(refused(route("/", new DirectResponse(200, "x".repeat(4097))))
                        .reason())
                .contains("maximum is 4096");
    }

    private Finding refused(Route... routes) {
        Compilation compiled = compiled(new Resources().routes(routes));
        assertThat(compiled.rejections()).hasSize(1);
        stays(compiled);
        return compiled.rejections().get(0);
    }

    private void stays(Compilation compiled) {
        assertThat(compiled.snapshot().table(80, "a")).isSameAs(good.snapshot().table(80, "a"));
    }

    private Compilation compiled(Resources resources) {
        return compiler.compile(resources.build(), good);
    }

    private static Route matching(PathMatch path) {
        RouteMatch match = new RouteMatch(path, List.of(), List.of(), null, false);
        return new Route("", match, to("one"), HeaderMutations.NONE, Map.of(), Metadata.EMPTY, null);
    }

    private static Route adding(int headers, String value) {
        List<Addition> additions = IntStream.range(0, headers)
                .mapToObj(i -> new Addition("x-" + i, value, AppendAction.APPEND_IF_EXISTS_OR_ADD, false))
                .toList();
        return new Route(
                "",
                new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(), null, false),
                to("one"),
                new HeaderMutations(new Changes(additions, List.of()), Changes.NONE),
                Map.of(),
                Metadata.EMPTY,
                null);
    }
}
