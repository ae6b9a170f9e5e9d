package io.inmesh.control.state;

import java.util.Map;

/**
 * Something that runs and may be an endpoint: a pod or a WorkloadEntry, written or registered.
 *
 * @param name of the pod or entry
 * @param owner the name that people know, such as the Deployment's
 * @param ports by name: of containers for a pod, of the service for an entry
 * @param locality {@code region/zone/sub-zone}, each part as far as known
 * @param node that a pod runs on; empty if it is not known
 * @param acceptsMtls whether it says that it can take mutual TLS
 */
public record Workload(
        boolean pod,
        String namespace,
        String name,
        String owner,
        String address,
        Map<String, Integer> ports,
        Map<String, String> labels,
        String serviceAccount,
        String locality,
        int weight,
        boolean ready,
        boolean acceptsMtls,
        String node) {

    /** The same, where it is known to run. */
    Workload at(String where) {
        return new Workload(
                pod,
                namespace,
                name,
                owner,
                address,
                ports,
                labels,
                serviceAccount,
                where,
                weight,
                ready,
                acceptsMtls,
                node);
    }

    /** Whether it has all these labels. */
    public boolean matches(Map<String, String> selector) {
        return labels.entrySet().containsAll(selector.entrySet());
    }
}
