package io.inmesh.conformance;

import io.inmesh.conformance.compare.Agreement;
import io.inmesh.conformance.compare.Expectation;
import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.EndpointAddresses;
import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.mutate.Mutation;
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
        try (EchoServers upstreams = upstreams(scenario)) {
            List<List<List<Answer>>> envoy = envoy(scenario, upstreams);
            return disagreements(scenario, envoy, ours(scenario, scenario.configuration(), upstreams, chance));
        }
    }

    /** Those mutations that no row notices when our side is given them. */
    static List<Mutation> survivors(Scenario scenario, List<Mutation> mutations, RandomGenerator chance) {
        try (EchoServers upstreams = upstreams(scenario)) {
            List<List<List<Answer>>> envoy = envoy(scenario, upstreams);
            return mutations.stream()
                    .filter(mutation ->
                            disagreements(scenario, envoy, ours(scenario, mutation.configuration(), upstreams, chance))
                                    .stream()
                                    .allMatch(List::isEmpty))
                    .toList();
        }
    }

    private static EchoServers upstreams(Scenario scenario) {
        return new EchoServers(EndpointAddresses.of(scenario.configuration()), scenario.refusing());
    }

    private static List<List<List<Answer>>> envoy(Scenario scenario, EchoServers upstreams) {
        Configuration local = EndpointAddresses.local(scenario.configuration(), upstreams::port);
        try (Side side = new EnvoySide(local, folder(), upstreams)) {
            return new ScenarioRun(scenario, upstreams).on(side);
        }
    }

    private static List<List<List<Answer>>> ours(
            Scenario scenario, Configuration configuration, EchoServers upstreams, RandomGenerator chance) {
        Configuration local = EndpointAddresses.local(configuration, upstreams::port);
        try (Side side = new InmeshSide(local, upstreams, chance)) {
            return new ScenarioRun(scenario, upstreams).on(side);
        }
    }

    private static List<List<String>> disagreements(
            Scenario scenario, List<List<List<Answer>>> envoy, List<List<List<Answer>>> ours) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < scenario.rows().size(); i++) {
            rows.add(disagreements(scenario.rows().get(i), envoy.get(i), ours.get(i)));
        }
        return rows;
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
