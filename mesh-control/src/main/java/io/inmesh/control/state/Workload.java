package io.inmesh.control.state;

import java.util.Map;

/**
 * Something that runs and may be an endpoint: a pod or a WorkloadEntry, written or registered.
 *
 * @param name of the pod or entry
 * @param owner the name that people know, such as the Deployment's
 * @param ports by name: of containers for a pod, of the service for an entry
 * @param locality {@code region/zone/sub-zone}, each part as far as known
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
        boolean acceptsMtls) {

    /** Whether it has all these labels. */
    public boolean matches(Map<String, String> selector) {
        return labels.entrySet().containsAll(selector.entrySet());
    }
}
