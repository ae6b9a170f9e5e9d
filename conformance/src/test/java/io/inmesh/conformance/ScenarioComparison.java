package io.inmesh.conformance;

import io.inmesh.conformance.compare.Agreement;
import io.inmesh.conformance.compare.Expectation;
import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.EndpointAddresses;
import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.Scenario;
import io.inmesh.conformance.row.Step;
import io.inmesh.conformance.side.Answer;
import io.inmesh.conformance.side.EnvoySide;
import io.inmesh.conformance.side.InmeshSide;
import io.inmesh.conformance.side.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Runs a scenario on both sides and says where they disagree. */
final class ScenarioComparison {

    private ScenarioComparison() {}

    /** By row, one line for each disagreement. */
    static List<List<String>> run(Scenario scenario, RandomGenerator chance) {
        try (EchoServers upstreams =
                new EchoServers(EndpointAddresses.of(scenario.configuration()), scenario.refusing())) {
            Configuration configuration = EndpointAddresses.local(scenario.configuration(), upstreams::port);
            List<List<List<Answer>>> envoy;
            try (Side side = new EnvoySide(configuration, folder(), upstreams)) {
                envoy = new ScenarioRun(scenario, upstreams).on(side);
            }
            List<List<List<Answer>>> ours;
            try (Side side = new InmeshSide(configuration, upstreams, chance)) {
                ours = new ScenarioRun(scenario, upstreams).on(side);
            }
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < scenario.rows().size(); i++) {
                rows.add(disagreements(scenario.rows().get(i), envoy.get(i), ours.get(i)));
            }
            return rows;
        }
    }

    private static List<String> disagreements(Row row, List<List<Answer>> envoy, List<List<Answer>> ours) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < row.steps().size(); i++) {
            Step step = row.steps().get(i);
            for (String failure : Expectation.failures(step, envoy.get(i))) {
                lines.add("step " + i + ", Envoy and the row: " + failure);
            }
            for (String failure : Expectation.failures(step, ours.get(i))) {
                lines.add("step " + i + ", we and the row: " + failure);
            }
            for (String difference : Agreement.differences(step, envoy.get(i), ours.get(i))) {
                lines.add("step " + i + ", " + difference);
            }
        }
        return lines;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("inmesh-conformance");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
