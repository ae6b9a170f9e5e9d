package io.inmesh.control.translate;

import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.config.LocalityBalancing;
import io.inmesh.control.config.ZoneAwareBalancing;
import io.inmesh.control.state.Proxy;
import io.inmesh.control.state.PushContext;
import io.inmesh.control.state.Workload;
import io.inmesh.control.translate.Scopes.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where callers and endpoints run: their locality, and the labels that Kubernetes and Istio give it. */
final class Places {

    private static final String[] LABELS = {
        "topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone"
    };

    private Places() {}

    /** What is known of a workload counts; what its client says only where nothing is. */
    static Place of(PushContext context, Proxy proxy) {
        if (!context.placesMatter()) {
            return Place.ANYWHERE;
        }
        Optional<Workload> workload = context.workloadOf(proxy);
        String locality = workload.map(Workload::locality)
                .filter(known -> !known.isEmpty())
                .orElse(proxy.locality());
        return new Place(locality, labels(workload.map(Workload::labels).orElse(proxy.labels()), locality));
    }

    /** What of a caller's place a rule looks at, so that callers who differ in nothing else share its clusters. */
    static Place narrowed(Place place, Optional<DestinationRule> rule, LocalityBalancing mesh) {
        if (rule.filter(DestinationRule::looksAtPlaces).isEmpty()) {
            return mesh.distribute().isEmpty() ? Place.ANYWHERE : new Place(place.locality(), Map.of());
        }
        Set<String> named = new HashSet<>(mesh.failoverPriority());
        Stream.concat(
                        rule.get().trafficPolicy().stream(),
                        rule.get().subsets().stream().flatMap(subset -> subset.trafficPolicy().stream()))
                .flatMap(policy -> Stream.concat(Stream.of(policy), policy.ports().values().stream()))
                .flatMap(policy -> policy.loadBalancer().stream())
                .forEach(balancer -> {
                    balancer.locality().map(LocalityBalancing::failoverPriority).ifPresent(named::addAll);
                    balancer.zones().map(ZoneAwareBalancing::failoverPriority).ifPresent(named::addAll);
                });
        Map<String, String> labels = new HashMap<>(place.labels());
        labels.keySet().retainAll(named);
        return new Place(place.locality(), labels);
    }

    static Map<String, String> labels(Map<String, String> own, String locality) {
        Map<String, String> labels = new HashMap<>(own);
        String[] parts = locality.isEmpty() ? new String[0] : locality.split("/", -1);
        for (int i = 0; i < Math.min(parts.length, LABELS.length); i++) {
            labels.put(LABELS[i], parts[i]);
        }
        return labels;
    }
}
