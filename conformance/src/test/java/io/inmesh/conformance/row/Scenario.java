package io.inmesh.conformance.row;

import io.inmesh.conformance.config.Configuration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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

    /** The same with some of its rows only. */
    public Scenario only(Predicate<Row> kept) {
        return new Scenario(
                name,
                source,
                configuration,
                port,
                refusing,
                rows.stream().filter(kept).toList());
    }
}
