package io.inmesh.client.admin;

import io.inmesh.xds.wire.JsonText;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Envoy's {@code /stats} with Envoy's names: text, {@code format=json} or {@code format=prometheus}; {@code filter} is an expression
 * that occurs in the name, {@code usedonly} leaves out what is 0.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--stats">Envoy, /stats</a>
 */
record StatsPage(AdminView view) implements AdminPage {

    @Override
    public AdminAnswer answer(AdminQuery query) throws AdminQuery.NotUnderstoodException {
        Predicate<String> wanted = query.occursIn("filter");
        boolean usedOnly = query.has("usedonly");
        SortedMap<String, Stat> stats = new TreeMap<>();
        new Statistics(view).forEach(stat -> {
            if (wanted.test(stat.name()) && !(usedOnly && stat.value() == 0)) {
                stats.put(stat.name(), stat);
            }
        });
        return switch (query.format("text", "json", "prometheus")) {
            case "json" -> AdminAnswer.json(json(stats));
            case "prometheus" -> new PrometheusText(stats.values()).answer();
            default -> AdminAnswer.text(text(stats));
        };
    }

    private static String text(Map<String, Stat> stats) {
        StringBuilder out = new StringBuilder();
        stats.forEach((name, stat) ->
                out.append(name).append(": ").append(stat.value()).append('\n'));
        return out.toString();
    }

    private static String json(Map<String, Stat> stats) {
        JsonText out = JsonText.compact();
        out.beginObject();
        out.key("stats");
        out.beginArray();
        stats.forEach((name, stat) -> {
            out.element();
            out.beginObject();
            out.member("name", name);
            out.member("value", stat.value());
            out.endObject();
        });
        out.endArray();
        out.endObject();
        return out.toString();
    }
}
