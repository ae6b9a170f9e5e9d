package io.inmesh.control.state;

import io.inmesh.control.config.Pod;
import io.inmesh.control.config.Resource;
import io.inmesh.control.config.WorkloadEntry;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes workloads of pods and of entries. Pure. */
final class Workloads {

    private static final String TLS_MODE = "security.istio.io/tlsMode";

    private Workloads() {}

    /** The workload that a pod or an entry is. */
    static Workload of(Resource resource) {
        if (resource instanceof Pod pod) {
            return of(pod);
        }
        WorkloadEntry entry = (WorkloadEntry) resource;
        return of(
                entry.meta().namespace(),
                entry.meta().name(),
                entry.spec(),
                entry.meta().labels());
    }

    private static Workload of(Pod pod) {
        return new Workload(
                true,
                pod.meta().namespace(),
                pod.meta().name(),
                pod.workload(),
                pod.address(),
                pod.ports(),
                pod.meta().labels(),
                pod.serviceAccount(),
                locality(pod.meta().labels()),
                1,
                pod.ready() && !pod.address().isEmpty(),
                "istio".equals(pod.meta().labels().get(TLS_MODE)),
                pod.node());
    }

    /** An entry says that it takes mTLS by the label or, without one, by having a service account. */
    static Workload of(String namespace, String name, WorkloadEntry.Spec spec, Map<String, String> metaLabels) {
        Map<String, String> labels = new LinkedHashMap<>(metaLabels);
        labels.putAll(spec.labels());
        String tlsMode = labels.get(TLS_MODE);
        return new Workload(
                false,
                namespace,
                name,
                name,
                spec.address(),
                spec.ports(),
                Map.copyOf(labels),
                spec.serviceAccount(),
                spec.locality().isEmpty() ? locality(labels) : spec.locality(),
                Math.max(1, spec.weight()),
                true,
                tlsMode == null ? !spec.serviceAccount().isEmpty() : tlsMode.equals("istio"),
                "");
    }

    private static String locality(Map<String, String> labels) {
        String written = labels.get("istio-locality");
        return written == null ? "" : written.replace('.', '/');
    }
}
