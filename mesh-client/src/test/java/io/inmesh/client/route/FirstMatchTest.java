package io.inmesh.client.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.match.Fraction;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.match.QueryMatcher;
import io.inmesh.client.match.Regex;
import io.inmesh.client.match.StringMatcher;
import io.inmesh.testkit.TextRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The index finds what a plain scan finds. */
class FirstMatchTest {

    private static final RouteTarget TARGET = new RouteTarget.Unsupported("none");

    private final SplittableRandom random = new SplittableRandom(20261123);

    @Test
    void theIndexAgreesWithAPlainScanOnRandomTables() {
        int found = 0;
        int late = 0;
        for (int table = 0; table < 3_000; table++) {
            CompiledVirtualHost host = table(1 + random.nextInt(40));
            for (int i = 0; i < 40; i++) {
                TextRequest request = request();
                long draw = random.nextLong();
                CompiledRoute scanned = scan(host, request, draw);
                assertThat(host.match(request, draw))
                        .as("%s %s in %s", request.path(), draw, host.routes())
                        .isSameAs(scanned);
                found += scanned == null ? 0 : 1;
                late += scanned == null || host.routes().get(0).equals(scanned) ? 0 : 1;
            }
        }
        // What never matches, or always at once, would show nothing.
        assertThat(found).isBetween(30_000, 118_000);
        assertThat(late).isGreaterThan(20_000);
    }

    @Test
    void tenThousandNestedPrefixesAreNoDeeperThanOne() {
        List<CompiledRoute> routes = IntStream.range(0, 10_000)
                .mapToObj(i -> route(i, new PathMatcher.Prefix("/" + "a".repeat(10_000 - i), true)))
                .toList();
        CompiledVirtualHost host = new CompiledVirtualHost("deep", routes);
        assertThat(host.match(TextRequest.get("http://x/" + "a".repeat(7)), 0)).isSameAs(routes.get(9_993));
        assertThat(host.match(TextRequest.get("http://x/" + "a".repeat(20_000)), 0))
                .isSameAs(routes.get(0));
    }

    @Test
    void aRouteThatCannotBeMatchedIsPassedOver() {
        PathMatcher all = new PathMatcher.Prefix("/", true);
        CompiledRoute never = route(0, new RouteMatcher(all, List.of(), List.of(), null, false, "match"));
        CompiledRoute always = route(1, all);
        assertThat(new CompiledVirtualHost("x", List.of(never, always)).match(TextRequest.get("http://x/"), 0))
                .isSameAs(always);
    }

    private static @Nullable CompiledRoute scan(CompiledVirtualHost host, TextRequest request, long draw) {
        for (CompiledRoute route : host.routes()) {
            RouteMatcher matcher = route.matcher();
            if (matcher.path().matches(request.path(), PathMatcher.end(request.path()))
                    && matcher.matchesBesidesPath(request, draw)) {
                return route;
            }
        }
        return null;
    }

    private CompiledVirtualHost table(int size) {
        List<CompiledRoute> routes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            routes.add(route(i, matcher()));
        }
        return new CompiledVirtualHost("random", routes);
    }

    private RouteMatcher matcher() {
        List<HeaderMatcher> headers = random.nextInt(4) > 0
                ? List.of()
                : List.of(HeaderMatcher.string("h", new StringMatcher.Exact("1", false), random.nextBoolean(), false));
        List<QueryMatcher> query =
                random.nextInt(8) > 0 ? List.of() : List.of(new QueryMatcher("q", null, random.nextBoolean()));
        Fraction fraction = random.nextInt(8) > 0 ? null : new Fraction(random.nextInt(101), 100);
        return new RouteMatcher(path(), headers, query, fraction, false, null);
    }

    private PathMatcher path() {
        boolean caseSensitive = random.nextInt(3) > 0;
        return switch (random.nextInt(7)) {
            case 0, 1 -> new PathMatcher.Exact(text(), caseSensitive);
            case 2, 3 -> new PathMatcher.Prefix(text(), caseSensitive);
            case 4, 5 -> new PathMatcher.PathSeparatedPrefix(text(), caseSensitive);
            default -> new PathMatcher.Matches(Regex.compile(random.nextBoolean() ? "/[aA]+.*" : ".*b"));
        };
    }

    private TextRequest request() {
        String path = text() + (random.nextInt(3) > 0 ? "" : random.nextBoolean() ? "?q=/a" : "?x#a");
        TextRequest request = TextRequest.get("http://x" + path);
        return random.nextInt(3) > 0 ? request : request.header("h", random.nextBoolean() ? "1" : "2");
    }

    // Few letters and slashes, so that texts often meet.
    private String text() {
        StringBuilder text = new StringBuilder("/");
        for (int left = random.nextInt(5); left > 0; left--) {
            text.append("aAb/".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    private static CompiledRoute route(int number, PathMatcher path) {
        return route(number, new RouteMatcher(path, List.of(), List.of(), null, false, null));
    }

    private static CompiledRoute route(int number, RouteMatcher matcher) {
        return new CompiledRoute(Integer.toString(number), "x", "", "", matcher, TARGET, null);
    }
}
