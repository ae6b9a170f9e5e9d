package io.inmesh.control.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client of the control service, as its node says; the namespace and service account have been compared with who it proved to be.
 *
 * @param name of its pod or workload entry
 * @param dnsDomain {@code <namespace>.svc.<cluster domain>}, by which short names are read
 * @param istioFilters whether it has Istio's own Envoy filters and says so
 * @param locality {@code region/zone/sub-zone} as far as it says
 * @param selfDiscovery whether it wants to know where the other instances of its workload run
 */
public record Proxy(
        String id,
        String name,
        String namespace,
        String serviceAccount,
        Map<String, String> labels,
        List<String> addresses,
        String dnsDomain,
        boolean istioFilters,
        Optional<String> workloadEntry,
        String locality,
        boolean selfDiscovery) {

    /** Whether it is a gateway, and not beside a workload. */
    public boolean gateway() {
        return id.startsWith("router~");
    }

    /** A client that does not say where it runs. */
    public Proxy(
            String id,
            String name,
            String namespace,
            String serviceAccount,
            Map<String, String> labels,
            List<String> addresses,
            String dnsDomain,
            boolean istioFilters,
            Optional<String> workloadEntry) {
        this(id, name, namespace, serviceAccount, labels, addresses, dnsDomain, istioFilters, workloadEntry, "");
    }

    /** A client that does not ask for its workload's other instances. */
    public Proxy(
            String id,
            String name,
            String namespace,
            String serviceAccount,
            Map<String, String> labels,
            List<String> addresses,
            String dnsDomain,
            boolean istioFilters,
            Optional<String> workloadEntry,
            String locality) {
        this(
                id,
                name,
                namespace,
                serviceAccount,
                labels,
                addresses,
                dnsDomain,
                istioFilters,
                workloadEntry,
                locality,
                false);
    }
}
