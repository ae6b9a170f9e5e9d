package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** VirtualServices of the mesh that have a host in common where both are seen. */
final class MeshHostConflicts implements Analyzer {

    /** A host where it is seen. */
    private record Key(String scope, String host) {}

    @Override
    public String name() {
        return "virtualservice.ConflictingMeshGatewayHostsAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Map<Key, List<Item>> seen = new LinkedHashMap<>();
        for (Item service : items.of("VirtualService")) {
            if (Routes.ofMesh(service)) {
                for (String scope : Hosts.scopes(service.spec().texts("exportTo"), service.namespace())) {
                    for (String host : service.spec().texts("hosts")) {
                        seen.computeIfAbsent(
                                        new Key(scope, Hosts.fqdn(host, service.namespace())),
                                        unknown -> new ArrayList<>())
                                .add(service);
                    }
                }
            }
        }
        Everywhere everywhere = new Everywhere(seen);
        Set<String> reported = new HashSet<>();
        seen.forEach((key, services) -> {
            Set<Item> all = new LinkedHashSet<>(services);
            if (!key.scope().equals(Hosts.EVERYWHERE)) {
                all.addAll(everywhere.overlapping(key.host()));
            }
            if (all.size() > 1) {
                all.stream()
                        .filter(service -> reported.add(service.fullName()))
                        .forEach(service -> add(service, all, key, report));
            }
        });
    }

    private static void add(Item service, Set<Item> all, Key key, Report report) {
        report.add(
                Code.CONFLICTING_MESH_GATEWAY_HOSTS,
                service,
                service.nameOrigin(),
                "The VirtualServices " + Texts.fullNames(all) + " associated with mesh gateway define the same host "
                        + key.scope() + "/" + key.host()
                        + " which can lead to undefined behavior. This can be fixed by merging the conflicting VirtualServices"
                        + " into a single resource.");
    }

    /** What is seen in every namespace, by host; the few with a star apart. */
    private static final class Everywhere {

        private final Map<String, List<Item>> exact = new HashMap<>();
        private final Map<String, List<Item>> wild = new LinkedHashMap<>();

        Everywhere(Map<Key, List<Item>> seen) {
            seen.forEach((key, services) -> {
                if (key.scope().equals(Hosts.EVERYWHERE)) {
                    (key.host().startsWith("*") ? wild : exact).put(key.host(), services);
                }
            });
        }

        List<Item> overlapping(String host) {
            List<Item> found = new ArrayList<>();
            if (host.startsWith("*")) {
                exact.forEach((other, services) -> {
                    if (Hosts.takes(host, other)) {
                        found.addAll(services);
                    }
                });
            } else {
                found.addAll(exact.getOrDefault(host, List.of()));
            }
            wild.forEach((other, services) -> {
                if (Hosts.overlap(host, other)) {
                    found.addAll(services);
                }
            });
            return found;
        }
    }
}
