package io.inmesh.conformance;

import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.Scenario;
import io.inmesh.conformance.side.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Envoy's answers to a scenario, kept, so that mistakes of ours can be held against them one after another. Immutable. */
final class Reference {

    private final Scenario scenario;
    private final Map<Row, List<List<Answer>>> envoy = new HashMap<>();

    /** Asks Envoy. */
    Reference(Scenario scenario) {
        this.scenario = scenario;
        try (EchoServers upstreams = ScenarioComparison.upstreams(scenario)) {
            List<List<List<Answer>>> answers = ScenarioComparison.envoy(scenario, carrier(), upstreams);
            for (int i = 0; i < answers.size(); i++) {
                envoy.put(scenario.rows().get(i), answers.get(i));
            }
        }
    }

    Scenario scenario() {
        return scenario;
    }

    /** What carries the requests of mistaken sides. */
    Carrier carrier() {
        return scenario.over() == Scenario.Over.OKHTTP ? Carrier.OKHTTP : Carrier.BARE;
    }

    /** The scenario's rows, in order. */
    List<Asked> rows() {
        List<Asked> rows = new ArrayList<>();
        scenario.rows().forEach(row -> rows.add(new Asked(this, row)));
        return rows;
    }

    /** Where answers of ours disagree with a row, or with Envoy. */
    List<String> disagreements(Row row, List<List<Answer>> ours) {
        return ScenarioComparison.disagreements(row, Objects.requireNonNull(envoy.get(row)), ours);
    }
}
