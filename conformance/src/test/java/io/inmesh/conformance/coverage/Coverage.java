package io.inmesh.conformance.coverage;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which of Envoy's fields are covered: a configuration sets the field, and a row that runs under that very configuration says that it
 * is about it. A field of a request ({@code request x-envoy-max-retries}) is covered where the row's request has that header.
 */
public final class Coverage {

    private static final String OF_REQUEST = "request ";

    private final Set<String> covered = new TreeSet<>();
    private final Map<String, Integer> rows = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();

    private Coverage() {}

    public static Coverage of(List<Scenario> scenarios) {
        Coverage coverage = new Coverage();
        scenarios.forEach(coverage::add);
        return coverage;
    }

    /** A field that something else than a row is about; it counts if the configuration sets it. */
    public void also(Configuration configuration, String field) {
        if (SetFields.of(configuration).contains(field)) {
            covered.add(field);
        }
    }

    /** How many rows each field has. */
    public Map<String, Integer> rows() {
        return rows;
    }

    /** Rows that say they are about something that their configuration does not set. */
    public List<String> mistakes() {
        return mistakes;
    }

    /** What of it no row is about; none if it is covered. */
    public List<String> missing(IstioField field) {
        return field.envoy().stream().filter(each -> !covered.contains(each)).toList();
    }

    private void add(Scenario scenario) {
        Set<String> set = SetFields.of(scenario.configuration());
        for (Row row : scenario.rows()) {
            for (String said : row.fields()) {
                String field = said.startsWith(OF_REQUEST) ? said : whole(said, set);
                rows.merge(field, 1, Integer::sum);
                boolean there = field.startsWith(OF_REQUEST)
                        ? asks(row, field.substring(OF_REQUEST.length()))
                        : set.contains(field);
                if (!there) {
                    mistakes.add("'" + row.name() + "' of '" + scenario.name() + "' is about " + field
                            + ", which nothing sets");
                } else if (row.differs().isEmpty()) {
                    covered.add(field);
                    covered.add(field.split("=", 2)[0]);
                }
            }
        }
    }

    /** A message within another may be named alone: {@code Thresholds.max_retries}. */
    private static String whole(String field, Set<String> set) {
        return set.contains(field)
                ? field
                : set.stream()
                        .filter(each -> each.endsWith("." + field))
                        .findFirst()
                        .orElse(field);
    }

    private static boolean asks(Row row, String header) {
        return row.steps().stream()
                .flatMap(step -> step.request().headers().stream())
                .anyMatch(each -> each.name().toLowerCase(Locale.ROOT).equals(header));
    }
}
