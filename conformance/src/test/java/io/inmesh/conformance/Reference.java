package io.inmesh.conformance;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.EndpointAddresses;
import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.Scenario;
import io.inmesh.conformance.side.Answer;
import io.inmesh.conformance.side.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Envoy's answers to a scenario, kept, so that mistakes of ours can be held against them one after another. */
final class Reference implements AutoCloseable {

    private final Scenario scenario;
    private final EchoServers upstreams;
    private final Map<Row, List<List<Answer>>> envoy = new HashMap<>();

    /** Asks Envoy. */
    Reference(Scenario scenario) {
        this.scenario = scenario;
        this.upstreams = ScenarioComparison.upstreams(scenario);
        List<List<List<Answer>>> answers = ScenarioComparison.envoy(scenario, upstreams);
        for (int i = 0; i < answers.size(); i++) {
            envoy.put(scenario.rows().get(i), answers.get(i));
        }
    }

    Scenario scenario() {
        return scenario;
    }

    EchoServers upstreams() {
        return upstreams;
    }

    /** A configuration with the local ports of this run. */
    Configuration local(Configuration configuration) {
        return EndpointAddresses.local(configuration, upstreams::port);
    }

    /** Where a side of ours disagrees about a row. */
    List<String> disagreements(Side ours, Row row) {
        return ScenarioComparison.disagreements(
                row,
                Carrier.BARE,
                Objects.requireNonNull(envoy.get(row)),
                new ScenarioRun(scenario, upstreams).row(ours, row));
    }

    @Override
    public void close() {
        upstreams.close();
    }
}
