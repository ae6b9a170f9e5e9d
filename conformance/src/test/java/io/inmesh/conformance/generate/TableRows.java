package io.inmesh.conformance.generate;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.ResourceKind;
import io.inmesh.conformance.config.Tree;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.row.Generation;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Rows for every route and every virtual host of a scenario's table. */
public final class TableRows {

    private TableRows() {}

    /** The scenario with as many generated rows as it asks for behind its own. */
    public static Scenario added(Scenario scenario) {
        Generation generation = scenario.generation();
        if (generation.perField() == 0) {
            return scenario;
        }
        List<Row> all = possible(scenario);
        Collections.shuffle(all, new Random(generation.seed()));
        Map<String, Integer> perField = new HashMap<>();
        Set<Request> asked = new HashSet<>();
        Set<Row> chosen = new HashSet<>();
        for (Row row : all) {
            boolean wanted = row.fields().stream()
                    .allMatch(field -> perField.getOrDefault(field, 0) < generation.perField()
                            && !generation.notAbout().contains(field));
            if (wanted
                    && (!row.upstreams().isEmpty()
                            || asked.add(row.steps().get(0).request()))) {
                row.fields().forEach(field -> perField.merge(field, 1, Integer::sum));
                chosen.add(row);
            }
        }
        List<Row> rows = new ArrayList<>(scenario.rows());
        // In the table's order, so that a reader finds a route's rows together.
        possible(scenario).stream().filter(chosen::contains).forEach(rows::add);
        return scenario.with(rows);
    }

    private static List<Row> possible(Scenario scenario) {
        Witnesses witnesses = new Witnesses(scenario.generation().witnesses());
        List<Row> rows = new ArrayList<>();
        for (Map<String, Object> table : scenario.configuration().resources(ResourceKind.ROUTES)) {
            for (Map<String, Object> host : Tree.objects(table, "virtualHosts")) {
                List<String> authorities = DomainRows.authorities(host, scenario.port());
                if (!authorities.isEmpty() && !ownDestination(host, scenario.configuration())) {
                    rows.addAll(DomainRows.of(host, scenario.port()));
                    rows.addAll(ofRoutes(host, authorities, witnesses));
                }
            }
        }
        return rows;
    }

    /** Where the caller's own destination is called, no endpoint of a row can take its place. */
    private static boolean ownDestination(Map<String, Object> host, Configuration configuration) {
        return configuration.resources(ResourceKind.CLUSTER).stream()
                .filter(cluster -> "ORIGINAL_DST".equals(cluster.get("type")))
                .anyMatch(cluster -> Tree.objects(host, "routes").stream()
                        .anyMatch(route -> Tree.object(route, "route").get("cluster") instanceof String name
                                && name.equals(cluster.get("name"))));
    }

    private static List<Row> ofRoutes(Map<String, Object> host, List<String> authorities, Witnesses witnesses) {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (Map<String, Object> route : Tree.objects(host, "routes")) {
            String label = authorities.get(0) + ", route " + number++ + " (" + route.getOrDefault("name", "-") + ")";
            RouteRows ofRoute = new RouteRows(label, route, authorities, witnesses);
            rows.addAll(ofRoute.rows());
            if (ofRoute.possible() && ActionFields.forwards(route)) {
                rows.addAll(TrafficRows.of(label, route, ofRoute.hit()));
            }
        }
        return rows;
    }
}
