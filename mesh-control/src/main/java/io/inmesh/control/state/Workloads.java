package io.inmesh.control.state;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Pod;
import io.inmesh.control.config.WorkloadEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one list of workloads from pods, written entries and registered ones. Pure. */
final class Workloads {

    private static final String TLS_MODE = "security.istio.io/tlsMode";

    private Workloads() {}

    static List<Workload> of(ConfigSnapshot config, Collection<WorkloadEntry> registered) {
        List<Workload> workloads = new ArrayList<>();
        for (Pod pod : config.of(Pod.class)) {
            workloads.add(of(pod));
        }
        Map<String, WorkloadEntry> entries = new LinkedHashMap<>();
        registered.forEach(entry -> entries.put(entry.meta().id(), entry));
        config.of(WorkloadEntry.class).forEach(entry -> entries.put(entry.meta().id(), entry));
        for (WorkloadEntry entry : entries.values()) {
            workloads.add(of(
                    entry.meta().namespace(),
                    entry.meta().name(),
                    entry.spec(),
                    entry.meta().labels()));
        }
        return List.copyOf(workloads);
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
                "istio".equals(pod.meta().labels().get(TLS_MODE)));
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
                tlsMode == null ? !spec.serviceAccount().isEmpty() : tlsMode.equals("istio"));
    }

    private static String locality(Map<String, String> labels) {
        String written = labels.get("istio-locality");
        return written == null ? "" : written.replace('.', '/');
    }
}
