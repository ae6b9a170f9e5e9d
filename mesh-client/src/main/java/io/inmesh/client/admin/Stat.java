package io.inmesh.client.admin;

/**
 * A number under Envoy's name.
 *
 * @param cluster whose it is; empty for the process
 * @param metric the name without the cluster, such as {@code upstream_rq_total}
 * @param counter it only grows
 */
record Stat(String cluster, String metric, boolean counter, long value) {

    static Stat counter(String cluster, String metric, long value) {
        return new Stat(cluster, metric, true, value);
    }

    static Stat gauge(String cluster, String metric, long value) {
        return new Stat(cluster, metric, false, value);
    }

    static Stat flag(String cluster, String metric, boolean value) {
        return gauge(cluster, metric, value ? 1 : 0);
    }

    /** The whole name; colons are not allowed in one. */
    String name() {
        return cluster.isEmpty() ? metric : "cluster." + cluster.replace(':', '_') + "." + metric;
    }
}
