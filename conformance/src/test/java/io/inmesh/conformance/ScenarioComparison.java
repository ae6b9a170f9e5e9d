package io.inmesh.conformance;

import io.inmesh.conformance.compare.Agreement;
import io.inmesh.conformance.compare.Expectation;
import io.inmesh.conformance.compare.NotCompared;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Runs a scenario on both sides and says where they disagree. */
final class ScenarioComparison {

    private ScenarioComparison() {}

    /** By carrier and row, one line for each disagreement. */
    static Map<Carrier, List<List<String>>> run(Scenario scenario, RandomGenerator chance) {
        Map<Carrier, List<List<String>>> disagreements = new EnumMap<>(Carrier.class);
        try (EchoServers upstreams = upstreams(scenario)) {
            List<List<List<Answer>>> envoy = envoy(scenario, upstreams);
            for (Carrier carrier : carriers(scenario)) {
                disagreements.put(
                        carrier,
                        disagreements(
                                scenario,
                                carrier,
                                envoy,
                                ours(scenario, carrier, scenario.configuration(), upstreams, chance)));
            }
        }
        return disagreements;
    }

    /**
     * All scenarios, side by side. The sides of one have upstreams of their own, unless hosts are chosen by a hash, which is over ports too.
     */
    static Map<Scenario, Map<Carrier, List<List<String>>>> run(List<Scenario> scenarios, RandomGenerator chance) {
        List<Scenario> longestFirst = scenarios.stream()
                .sorted(Comparator.comparing(ScenarioComparison::millis).reversed())
                .toList();
        Map<Scenario, Map<Carrier, List<List<String>>>> disagreements = new HashMap<>();
        List<Scenario> whole = longestFirst.stream().filter(Scenario::hashes).toList();
        List<Scenario> inParts =
                longestFirst.stream().filter(scenario -> !scenario.hashes()).toList();
        List<Supplier<List<List<List<Answer>>>>> parts = new ArrayList<>();
        for (Scenario scenario : inParts) {
            parts.add(() -> envoy(scenario));
            for (Carrier carrier : carriers(scenario)) {
                parts.add(() -> ours(scenario, carrier, chance));
            }
        }
        Iterator<List<List<List<Answer>>>> answers =
                Together.map(parts, Supplier::get).iterator();
        for (Scenario scenario : inParts) {
            List<List<List<Answer>>> envoy = answers.next();
            Map<Carrier, List<List<String>>> byCarrier = new EnumMap<>(Carrier.class);
            for (Carrier carrier : carriers(scenario)) {
                byCarrier.put(carrier, disagreements(scenario, carrier, envoy, answers.next()));
            }
            disagreements.put(scenario, byCarrier);
        }
        Iterator<Map<Carrier, List<List<String>>>> others =
                Together.map(whole, scenario -> run(scenario, chance)).iterator();
        whole.forEach(scenario -> disagreements.put(scenario, others.next()));
        return disagreements;
    }

    private static List<Carrier> carriers(Scenario scenario) {
        return Stream.of(Carrier.values())
                .filter(carrier -> scenario.rows().stream().anyMatch(row -> carrier.canCarry(scenario, row)))
                .toList();
    }

    private static long millis(Scenario scenario) {
        return scenario.rows().stream().mapToLong(Row::millis).sum();
    }

    private static List<List<List<Answer>>> envoy(Scenario scenario) {
        try (EchoServers upstreams = upstreams(scenario)) {
            return envoy(scenario, upstreams);
        }
    }

    private static List<List<List<Answer>>> ours(Scenario scenario, Carrier carrier, RandomGenerator chance) {
        try (EchoServers upstreams = upstreams(scenario)) {
            return ours(scenario, carrier, scenario.configuration(), upstreams, chance);
        }
    }

    static EchoServers upstreams(Scenario scenario) {
        return new EchoServers(EndpointAddresses.of(scenario.configuration()), scenario.refusing(), scenario.silent());
    }

    static List<List<List<Answer>>> envoy(Scenario scenario, EchoServers upstreams) {
        Configuration local = EndpointAddresses.local(scenario.configuration(), upstreams::port);
        try (EnvoySide side = new EnvoySide(local, folder(), upstreams)) {
            if (scenario.rows().stream().anyMatch(row -> row.differs().isEmpty())) {
                side.acceptedAll();
            }
            return new ScenarioRun(scenario, upstreams).on(side);
        }
    }

    private static List<List<List<Answer>>> ours(
            Scenario scenario,
            Carrier carrier,
            Configuration configuration,
            EchoServers upstreams,
            RandomGenerator chance) {
        Configuration local = EndpointAddresses.local(configuration, upstreams::port);
        try (Side side = carrier.side(local, upstreams, chance)) {
            return new ScenarioRun(scenario, upstreams).on(side);
        }
    }

    private static List<List<String>> disagreements(
            Scenario scenario, Carrier carrier, List<List<List<Answer>>> envoy, List<List<List<Answer>>> ours) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < scenario.rows().size(); i++) {
            rows.add(disagreements(scenario.rows().get(i), carrier, envoy.get(i), ours.get(i)));
        }
        return rows;
    }

    /** One line for each disagreement about a row. */
    static List<String> disagreements(Row row, Carrier carrier, List<List<Answer>> envoy, List<List<Answer>> ours) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < row.steps().size(); i++) {
            Step step = row.steps().get(i);
            for (String failure : Expectation.failures(step, envoy.get(i))) {
                lines.add("step " + i + ", Envoy and the row: " + failure);
            }
            for (String failure : Expectation.failures(step, ours.get(i))) {
                lines.add("step " + i + ", we and the row: " + failure);
            }
            for (String difference : Agreement.differences(
                    step,
                    envoy.get(i),
                    ours.get(i),
                    fact -> carrier == Carrier.OKHTTP && NotCompared.addedByOkHttp(fact))) {
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
