package io.inmesh.client.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Statistics as Prometheus reads them, named as Envoy names them: the cluster becomes a label, and so do response codes and their
 * classes.
 */
final class PrometheusText {

    private final Map<String, List<String>> lines = new TreeMap<>();
    private final Map<String, String> types = new TreeMap<>();

    PrometheusText(Collection<Stat> stats) {
        stats.forEach(this::add);
    }

    private void add(Stat stat) {
        String metric = stat.metric();
        List<String> labels = new ArrayList<>();
        String code = metric.substring(metric.lastIndexOf('_') + 1);
        if (code.matches("[1-5]\\d\\d")) {
            labels.add("envoy_response_code=\"" + code + '"');
            metric = metric.substring(0, metric.length() - code.length() - 1);
        } else if (code.matches("[1-5]xx")) {
            labels.add("envoy_response_code_class=\"" + code.charAt(0) + '"');
            metric = metric.substring(0, metric.length() - code.length()) + "xx";
        }
        if (!stat.cluster().isEmpty()) {
            labels.add("envoy_cluster_name=\"" + escaped(stat.cluster()) + '"');
            metric = "cluster_" + metric;
        }
        String name = "envoy_" + metric.replaceAll("[^A-Za-z0-9_]", "_");
        types.put(name, stat.counter() ? "counter" : "gauge");
        lines.computeIfAbsent(name, fresh -> new ArrayList<>())
                .add(name + "{" + String.join(",", labels) + "} " + stat.value());
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    AdminAnswer answer() {
        StringBuilder out = new StringBuilder();
        lines.forEach((name, samples) -> {
            out.append("# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(types.get(name))
                    .append('\n');
            samples.forEach(sample -> out.append(sample).append('\n'));
        });
        return new AdminAnswer(200, "text/plain; version=0.0.4; charset=UTF-8", out.toString());
    }
}
