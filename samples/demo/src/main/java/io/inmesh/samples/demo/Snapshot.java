package io.inmesh.samples.demo;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Every process's counters at one moment. */
record Snapshot(Map<String, Counters> counters) {

    Counters of(String workload) {
        return counters.getOrDefault(workload, Counters.parse(""));
    }

    /** Requests that reached some workloads' application since an earlier moment. */
    long requestsSince(Snapshot before, String resource, Collection<String> workloads) {
        return workloads.stream()
                .mapToLong(name -> of(name).requests(resource) - before.of(name).requests(resource))
                .sum();
    }

    /** Those of them that were answered with a status. */
    long requestsSince(Snapshot before, String resource, int status, String workload) {
        return of(workload).requests(resource, status) - before.of(workload).requests(resource, status);
    }

    /** Who called some workloads since an earlier moment. */
    Set<String> peersSince(Snapshot before, String resource, Collection<String> workloads) {
        Set<String> peers = new TreeSet<>();
        workloads.forEach(name -> peers.addAll(of(name).peersSince(before.of(name), resource)));
        return peers;
    }
}
