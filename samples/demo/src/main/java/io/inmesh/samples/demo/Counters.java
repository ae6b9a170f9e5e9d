package io.inmesh.samples.demo;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One process's own counters at one moment, read from the metrics on its probe port. */
record Counters(List<Sample> samples) {

    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)\\{([^}]*)\\} (\\S+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    static Counters parse(String text) {
        return new Counters(SAMPLE.matcher(text)
                .results()
                .map(found -> new Sample(found.group(1), found.group(2), Double.parseDouble(found.group(3))))
                .toList());
    }

    /** The requests that reached the application below a path. */
    long requests(String resource) {
        return sum("bookshop_requests_total", "resource", resource);
    }

    /** Those of them that it answered with a status. */
    long requests(String resource, int status) {
        return (long) named("bookshop_requests_total")
                .filter(sample -> sample.has("resource", resource) && sample.has("status", Integer.toString(status)))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** The sum over one metric's series that carry a label. */
    long sum(String metric, String label, String value) {
        return (long) named(metric)
                .filter(sample -> sample.has(label, value))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** Who called below a path since an earlier moment, by the identity in the callers' TLS sessions. */
    Set<String> peersSince(Counters before, String resource) {
        Set<String> peers = new TreeSet<>();
        named("bookshop_requests_total")
                .filter(sample -> sample.has("resource", resource))
                .filter(sample -> sample.value() > before.valueOf(sample))
                .forEach(sample -> peers.add(sample.label("peer")));
        return peers;
    }

    private double valueOf(Sample later) {
        return samples.stream()
                .filter(sample -> sample.name.equals(later.name) && sample.labels.equals(later.labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    private Stream<Sample> named(String metric) {
        return samples.stream().filter(sample -> sample.name.equals(metric));
    }

    record Sample(String name, String labels, double value) {

        boolean has(String label, String expected) {
            return label(label).equals(expected);
        }

        String label(String label) {
            Matcher matcher = LABEL.matcher(labels);
            while (matcher.find()) {
                if (matcher.group(1).equals(label)) {
                    return matcher.group(2);
                }
            }
            return "";
        }
    }
}
