package io.inmesh.client.admin;

import io.inmesh.client.host.Host;
import io.inmesh.client.host.HostStat;
import java.util.SortedMap;
import java.util.TreeMap;

/** A host's numbers under Envoy's names, sorted. */
final class HostStats {

    private HostStats() {}

    static SortedMap<String, Long> counters(Host host) {
        SortedMap<String, Long> stats = new TreeMap<>();
        for (HostStat stat : HostStat.values()) {
            stats.put(stat.statName(), host.counters().get(stat));
        }
        return stats;
    }

    static SortedMap<String, Long> gauges(Host host) {
        SortedMap<String, Long> stats = new TreeMap<>();
        stats.put("cx_active", host.connections().get());
        stats.put("rq_active", host.activeRequests().get());
        stats.put("rq_pending_active", host.connecting().get());
        return stats;
    }

    /** Counters and gauges together, as Envoy's text lists them. */
    static SortedMap<String, Long> all(Host host) {
        SortedMap<String, Long> stats = counters(host);
        stats.putAll(gauges(host));
        return stats;
    }
}
