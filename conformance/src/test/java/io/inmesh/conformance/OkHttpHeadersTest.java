package io.inmesh.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.conformance.compare.NotCompared;
import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.row.RowFiles;
import io.inmesh.conformance.row.Scenario;
import io.inmesh.conformance.side.Answer;
import io.inmesh.testkit.Peers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a bare OkHttpClient adds to requests by itself, in front of Envoy, is the written list. */
class OkHttpHeadersTest {

    private static final String ROWS = """
            scenario: headers that a client adds
            routes:
              virtual_hosts:
              - {name: all, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: one}}]}
            clusters: [{name: one}]
            endpoints: {one: ["10.0.0.1:8080"]}
            rows:
            - {row: without a body, fields: [], ask: GET h/}
            - {row: with a body, fields: [], ask: POST h/, body: text}
            - {row: with a header, fields: [], ask: DELETE h/, headers: {x-own: a}}
            """;

    @Test
    void okHttpAddsWhatIsWritten() {
        Peers.envoy();
        Scenario scenario = RowFiles.parse(ROWS).get(0);
        List<Set<String>> bare = headers(scenario, Carrier.BARE);
        List<Set<String>> okHttp = headers(scenario, Carrier.OKHTTP);
        for (int i = 0; i < bare.size(); i++) {
            Set<String> added = new TreeSet<>(okHttp.get(i));
            added.removeAll(bare.get(i));
            assertThat(added).isEqualTo(new TreeSet<>(NotCompared.ADDED_BY_OKHTTP));
            assertThat(okHttp.get(i)).containsAll(bare.get(i));
        }
    }

    private static List<Set<String>> headers(Scenario scenario, Carrier carrier) {
        try (EchoServers upstreams = ScenarioComparison.upstreams(scenario)) {
            return ScenarioComparison.envoy(scenario, carrier, upstreams).stream()
                    .map(steps -> names(steps.get(0).get(0)))
                    .toList();
        }
    }

    private static Set<String> names(Answer answer) {
        return answer.arrivals().get(0).request().headers().stream()
                .map(Header::lowerName)
                .collect(Collectors.toSet());
    }
}
