package io.inmesh.conformance.row;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.ResourceKind;
import io.inmesh.conformance.config.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One configuration and the rows that share it, in order.
 *
 * @param source the capture's name, or {@code written}
 * @param port the outbound port that the requests go to
 * @param refusing endpoints that refuse connections
 * @param silent endpoints that never take a connection
 * @param over what carries our side's requests
 * @param names what names stand for when it begins
 * @param generation which rows join those that are written
 */
public record Scenario(
        String name,
        String source,
        Configuration configuration,
        int port,
        Set<String> refusing,
        Set<String> silent,
        Over over,
        Map<String, List<String>> names,
        List<Row> rows,
        Generation generation) {

    /** What carries our side's requests. */
    public enum Over {
        ANY,
        /** It is about what the bare transport alone can show. */
        BARE,
        /** It is about connections, which are the transport's own. */
        OKHTTP
    }

    public Scenario {
        refusing = Set.copyOf(refusing);
        silent = Set.copyOf(silent);
        names = Map.copyOf(names);
        rows = List.copyOf(rows);
    }

    /** Whether the configuration came from a real istiod. */
    public boolean captured() {
        return !source.equals("written");
    }

    /** Whether attempts have a time limit, which a busy machine may miss. */
    public boolean limitsAttempts() {
        List<Map<String, Object>> limited = new ArrayList<>();
        Tree.visit(configuration.resources(ResourceKind.ROUTES), node -> {
            if (node.containsKey("perTryTimeout")) {
                limited.add(node);
            }
        });
        return !limited.isEmpty();
    }

    /** Whether some cluster chooses hosts by a hash. */
    public boolean hashes() {
        return configuration.resources(ResourceKind.CLUSTER).stream()
                .anyMatch(cluster -> Set.of("RING_HASH", "MAGLEV").contains(cluster.getOrDefault("lbPolicy", "")));
    }

    /** All addresses that a name ever stands for. */
    public Map<String, Set<String>> everyAddressOfNames() {
        Map<String, Set<String>> every = new LinkedHashMap<>();
        Stream.concat(Stream.of(names), rows.stream().map(Row::names))
                .forEach(some ->
                        some.forEach((name, addresses) -> every.computeIfAbsent(name, first -> new LinkedHashSet<>())
                                .addAll(addresses)));
        return every;
    }

    /** The same with some of its rows only. */
    public Scenario only(Predicate<Row> kept) {
        return with(rows.stream().filter(kept).toList());
    }

    /** The same with other rows. */
    public Scenario with(List<Row> others) {
        return new Scenario(name, source, configuration, port, refusing, silent, over, names, others, generation);
    }
}
