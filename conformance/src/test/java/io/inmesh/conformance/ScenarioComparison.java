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
import io.inmesh.conformance.side.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Runs scenarios on both sides and says where they disagree. */
final class ScenarioComparison {

    private ScenarioComparison() {}

    /** What one carrier shows of a scenario: its rows that can be said, and one line for each disagreement about each. */
    record Compared(Scenario scenario, Carrier carrier, Map<Row, List<String>> disagreements) {}

    /** All scenarios with all carriers, side by side, in order. */
    static List<Compared> run(List<Scenario> scenarios, RandomGenerator chance) {
        List<Compared> parts = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (Carrier carrier : Carrier.values()) {
                Scenario said = scenario.only(row -> carrier.canCarry(scenario, row));
                if (!said.rows().isEmpty()) {
                    parts.add(new Compared(said, carrier, Map.of()));
                }
            }
        }
        List<Compared> longestFirst = new ArrayList<>(parts);
        longestFirst.sort(Comparator.comparing(part -> -millis(part.scenario())));
        Map<Compared, Compared> done = new HashMap<>();
        Together.map(longestFirst, part -> run(part.scenario(), part.carrier(), chance))
                .forEach(compared ->
                        done.put(new Compared(compared.scenario(), compared.carrier(), Map.of()), compared));
        return parts.stream().map(done::get).map(Objects::requireNonNull).toList();
    }

    /** Both sides one after the other, with the same upstreams: hashes are over ports too. */
    static Compared run(Scenario scenario, Carrier carrier, RandomGenerator chance) {
        try (EchoServers upstreams = upstreams(scenario)) {
            List<List<List<Answer>>> envoy = envoy(scenario, carrier, upstreams);
            List<List<List<Answer>>> ours = ours(scenario, carrier, upstreams, chance);
            Map<Row, List<String>> disagreements = new HashMap<>();
            for (int i = 0; i < scenario.rows().size(); i++) {
                Row row = scenario.rows().get(i);
                disagreements.put(row, disagreements(row, envoy.get(i), ours.get(i)));
            }
            return new Compared(scenario, carrier, disagreements);
        }
    }

    private static long millis(Scenario scenario) {
        return scenario.rows().stream().mapToLong(Row::millis).sum();
    }

    static EchoServers upstreams(Scenario scenario) {
        return new EchoServers(
                EndpointAddresses.of(scenario.configuration()),
                scenario.refusing(),
                scenario.silent(),
                scenario.everyAddressOfNames());
    }

    static List<List<List<Answer>>> envoy(Scenario scenario, Carrier carrier, EchoServers upstreams) {
        upstreams.name(scenario.names());
        Configuration local = EndpointAddresses.local(scenario.configuration(), upstreams);
        try (EnvoySide side = new EnvoySide(local, folder(), upstreams, carrier == Carrier.OKHTTP)) {
            if (scenario.rows().stream().anyMatch(row -> row.differs().isEmpty())) {
                side.acceptedAll();
            }
            return new ScenarioRun(scenario, upstreams).on(side);
        }
    }

    private static List<List<List<Answer>>> ours(
            Scenario scenario, Carrier carrier, EchoServers upstreams, RandomGenerator chance) {
        upstreams.name(scenario.names());
        Configuration local = EndpointAddresses.local(scenario.configuration(), upstreams);
        try (Side side = carrier.side(local, upstreams, chance)) {
            return new ScenarioRun(scenario, upstreams).on(side);
        }
    }

    /** One line for each disagreement about a row. */
    static List<String> disagreements(Row row, List<List<Answer>> envoy, List<List<Answer>> ours) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < row.steps().size(); i++) {
            Step step = row.steps().get(i);
            if (envoy.get(i).stream().anyMatch(answer -> answer.response().status() == 0)) {
                // The client in front of Envoy refuses what Envoy sends: there is nothing to agree with.
                continue;
            }
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
