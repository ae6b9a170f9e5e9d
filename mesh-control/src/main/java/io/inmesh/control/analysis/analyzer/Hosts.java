package io.inmesh.control.analysis.analyzer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The hosts of services and service entries, with the namespaces that see them. Immutable once made. */
final class Hosts {

    static final String EVERYWHERE = "*";

    private final Map<String, Map<String, Found>> scopes = new HashMap<>();
    private final Map<String, Map<String, Found>> wildcards = new LinkedHashMap<>();

    /** Whom a host belongs to, with its ports. */
    record Found(Item item, List<Long> ports) {

        /** The labels that its workloads have. */
        Map<String, String> selector() {
            return item.kind().equals("Service")
                    ? item.spec().textMap("selector")
                    : item.spec().object("workloadSelector").textMap("labels");
        }
    }

    static Hosts of(Items items) {
        Hosts hosts = new Hosts();
        for (Item entry : items.of("ServiceEntry")) {
            Found found = new Found(entry, ports(entry, "number"));
            for (String scope : scopes(entry.spec().texts("exportTo"), entry.namespace())) {
                entry.spec().texts("hosts").forEach(host -> hosts.put(scope, fqdn(host, entry.namespace()), found));
            }
        }
        for (Item service : items.of("Service")) {
            Found found = new Found(service, ports(service, "port"));
            String exported = service.annotations().getOrDefault("networking.istio.io/exportTo", "");
            List<String> written = exported.isEmpty() ? List.of() : List.of(exported.split("\\s*,\\s*", -1));
            for (String scope : scopes(written, service.namespace())) {
                hosts.put(scope, fqdn(service.name(), service.namespace()), found);
            }
        }
        return hosts;
    }

    private void put(String scope, String host, Found found) {
        Map<String, Map<String, Found>> into = host.startsWith("*") ? wildcards : scopes;
        into.computeIfAbsent(scope, unknown -> new LinkedHashMap<>()).put(host, found);
    }

    private static List<Long> ports(Item item, String field) {
        return item.spec().objects("ports").stream()
                .map(port -> port.integer(field, 0))
                .toList();
    }

    /** The namespaces that something is exported to; a star for all. */
    static Set<String> scopes(List<String> exportTo, String namespace) {
        if (exportTo.isEmpty() || exportTo.contains(EVERYWHERE)) {
            return Set.of(EVERYWHERE);
        }
        Set<String> scopes = new HashSet<>();
        exportTo.forEach(to -> scopes.add(to.equals(".") ? namespace : to));
        return scopes;
    }

    /** A short name with its namespace, as Istio completes it. */
    static String fqdn(String host, String namespace) {
        return host.startsWith("*") || host.contains(".") ? host : host + "." + namespace + ".svc.cluster.local";
    }

    /** Whom a host means for a resource of some namespace; {@code name.namespace} is a short name too. */
    Optional<Found> find(String host, String namespace) {
        for (String scope : List.of(EVERYWHERE, namespace)) {
            Map<String, Found> known = scopes.getOrDefault(scope, Map.of());
            for (String name : List.of(fqdn(host, namespace), host + ".svc.cluster.local", host + ".cluster.local")) {
                if (known.containsKey(name)) {
                    return Optional.of(known.get(name));
                }
            }
        }
        String tail = host.startsWith("*") ? host.substring(1) : host;
        for (String scope : List.of(EVERYWHERE, namespace)) {
            for (Map.Entry<String, Found> wildcard :
                    wildcards.getOrDefault(scope, Map.of()).entrySet()) {
                if (tail.endsWith(wildcard.getKey().substring(1))) {
                    return Optional.of(wildcard.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a name that may begin with a star takes another. */
    static boolean takes(String pattern, String host) {
        if (!pattern.startsWith("*")) {
            return pattern.equals(host);
        }
        String tail = host.startsWith("*") ? host.substring(1) : host;
        return tail.endsWith(pattern.substring(1));
    }

    /** Whether two names, each of which may begin with a star, have a host in common. */
    static boolean overlap(String a, String b) {
        return takes(a, b) || takes(b, a);
    }
}
