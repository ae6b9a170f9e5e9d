package io.inmesh.conformance.row;

import io.inmesh.conformance.config.Configuration;
import java.util.List;
import java.util.Set;

/**
 * One configuration and the rows that share it, in order.
 *
 * @param source the capture's name, or {@code written}
 * @param port the outbound port that the requests go to
 * @param refusing endpoints that refuse connections
 */
public record Scenario(
        String name, String source, Configuration configuration, int port, Set<String> refusing, List<Row> rows) {

    public Scenario {
        refusing = Set.copyOf(refusing);
        rows = List.copyOf(rows);
    }

    public Scenario with(Configuration changed) {
        return new Scenario(name, source, changed, port, refusing, rows);
    }
}
