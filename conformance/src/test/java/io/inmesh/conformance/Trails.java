package io.inmesh.conformance;

import io.inmesh.conformance.coverage.IstioField;
import io.inmesh.conformance.mutate.Mutants;
import io.inmesh.conformance.mutate.Point;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.side.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** Which rows lead through which places of our code. */
final class Trails {

    private static final int MOST_SPECIFIC = 16;

    private final Map<Point, List<Asked>> rows = new LinkedHashMap<>();

    /** A row and the scenario that it belongs to. */
    record Asked(Reference reference, Row row) {}

    /** Runs every row of these scenarios that agrees through code with probes. */
    static Trails of(List<Reference> references, Mutants mutants, long seed) {
        Trails trails = new Trails();
        for (Reference reference : references) {
            try (Side side = mutants.probed(
                    reference.local(reference.scenario().configuration()), reference.upstreams(), new Random(seed))) {
                for (Row row : reference.scenario().rows()) {
                    mutants.visited();
                    if (reference.disagreements(side, row).isEmpty()) {
                        Asked asked = new Asked(reference, row);
                        mutants.visited().forEach(point -> trails.rows
                                .computeIfAbsent(point, fresh -> new ArrayList<>())
                                .add(asked));
                    }
                }
            }
        }
        return trails;
    }

    /** The rows that lead through a place, those about these fields first. */
    List<Asked> through(Point point, Set<String> fields) {
        List<Asked> all = new ArrayList<>(rows.getOrDefault(point, List.of()));
        all.sort(Comparator.comparing(asked -> !about(asked, fields)));
        return all;
    }

    /**
     * Places that rows about a field pass, some of them by chance: in the classes that decide about it, or where nobody said which those
     * are, where other rows pass seldom.
     */
    List<Point> specific(IstioField field, int count, Random chance) {
        Set<String> fields = Set.copyOf(field.envoy());
        Map<Point, Double> shares = new HashMap<>();
        rows.forEach((point, asked) -> {
            long about = asked.stream().filter(each -> about(each, fields)).count();
            if (about > 0) {
                shares.put(point, about / (double) asked.size());
            }
        });
        List<Point> best = shares.keySet().stream()
                .sorted(Comparator.comparing((Point point) -> -shares.getOrDefault(point, 0.0))
                        .thenComparing(Point::type)
                        .thenComparing(Point::index))
                .toList();
        Pattern decides = Pattern.compile("(" + field.code() + ")(\\$.*)?");
        List<Point> named = best.stream()
                .filter(point -> decides.matcher(point.simpleType()).matches())
                .toList();
        List<Point> chosen =
                new ArrayList<>(named.isEmpty() ? best.subList(0, Math.min(MOST_SPECIFIC, best.size())) : named);
        Collections.shuffle(chosen, chance);
        return chosen.subList(0, Math.min(count, chosen.size()));
    }

    static boolean about(Asked asked, Set<String> fields) {
        return asked.row().fields().stream().anyMatch(fields::contains);
    }
}
