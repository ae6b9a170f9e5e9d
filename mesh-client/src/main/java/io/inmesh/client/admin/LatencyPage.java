package io.inmesh.client.admin;

import io.inmesh.xds.wire.JsonText;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * {@code /mesh/latency}: quantiles of attempts by route and endpoint, in microseconds, with exemplars; {@code filter} is an expression that
 * occurs in the virtual host.
 */
record LatencyPage(Latencies latencies) implements AdminPage {

    private static final int INDENT = 1;
    private static final SortedMap<String, Double> QUANTILES =
            new TreeMap<>(Map.of("p50", 0.5, "p90", 0.9, "p99", 0.99, "p999", 0.999));

    @Override
    public AdminAnswer answer(AdminQuery query) throws AdminQuery.NotUnderstoodException {
        Predicate<String> wanted = query.occursIn("filter");
        SortedMap<Latencies.Key, LatencyHistogram> shown = latencies.sorted();
        shown.keySet().removeIf(key -> !wanted.test(key.virtualHost()));
        return query.format("text", "json").equals("json")
                ? AdminAnswer.json(json(shown))
                : AdminAnswer.text(text(shown));
    }

    private static String text(SortedMap<Latencies.Key, LatencyHistogram> shown) {
        StringBuilder out = new StringBuilder();
        shown.forEach((key, histogram) -> {
            out.append(name(key)).append(": ").append(histogram.count()).append(" attempts");
            QUANTILES.forEach((name, share) -> out.append(", ")
                    .append(name)
                    .append(' ')
                    .append(histogram.quantileMicros(share))
                    .append(" us"));
            out.append('\n');
        });
        return out.toString();
    }

    private static String name(Latencies.Key key) {
        return key.endpoint().isEmpty()
                ? "all others"
                : key.virtualHost() + " " + (key.route().isEmpty() ? "(unnamed)" : key.route()) + " " + key.endpoint();
    }

    private static String json(SortedMap<Latencies.Key, LatencyHistogram> shown) {
        JsonText out = JsonText.indented(INDENT);
        out.beginObject();
        out.key("latencies");
        out.beginArray();
        shown.forEach((key, histogram) -> {
            out.element();
            histogram(out, key, histogram);
        });
        out.endArray();
        out.endObject();
        return out.toString();
    }

    private static void histogram(JsonText out, Latencies.Key key, LatencyHistogram histogram) {
        out.beginObject();
        out.member("virtual_host", key.virtualHost());
        out.member("route", key.route());
        out.member("endpoint", key.endpoint());
        out.member("attempts", histogram.count());
        out.member("sum_us", histogram.sumMicros());
        QUANTILES.forEach((name, share) -> out.member(name + "_us", histogram.quantileMicros(share)));
        out.key("exemplars");
        out.beginArray();
        for (LatencyHistogram.Exemplar exemplar : histogram.exemplars()) {
            out.element();
            out.beginObject();
            out.member("id", exemplar.id());
            out.member("us", exemplar.micros());
            out.member("at", exemplar.at().toString());
            out.endObject();
        }
        out.endArray();
        out.endObject();
    }
}
