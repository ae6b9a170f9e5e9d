package io.inmesh.control.state;

import io.inmesh.control.config.DestinationRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds the DestinationRule of a host for a client: of the client's namespace, else of the service's, else of the root namespace; in
 * each the most specific host. Rules for one host in one namespace are one rule, with the subsets of all.
 */
final class DestinationRules {

    private final ConfigIndex index;
    private final Supplier<MeshSettings> settings;

    DestinationRules(ConfigIndex index, Supplier<MeshSettings> settings) {
        this.index = index;
        this.settings = settings;
    }

    Optional<DestinationRule> of(String clientNamespace, MeshService service) {
        Optional<DestinationRule> client = clientNamespace.equals(settings.get().rootNamespace())
                ? Optional.empty()
                : in(clientNamespace, service.host(), rule -> true);
        return client.or(() -> in(service.namespace(), service.host(), rule -> visible(rule, clientNamespace)))
                .or(() -> in(settings.get().rootNamespace(), service.host(), rule -> visible(rule, clientNamespace)));
    }

    private boolean visible(DestinationRule rule, String viewer) {
        List<String> otherwise = settings.get().exports().destinationRules();
        return Visibility.allows(rule.exportTo(), otherwise, rule.meta().namespace(), viewer);
    }

    private Optional<DestinationRule> in(String namespace, String host, Predicate<DestinationRule> allowed) {
        DestinationRule best = null;
        List<DestinationRule> candidates = new ArrayList<>(index.destinationRules.read(namespace + "/" + host));
        candidates.addAll(index.wildcardRules.read(namespace));
        for (DestinationRule rule : candidates) {
            if (Hosts.matches(hostOf(rule), host) && allowed.test(rule)) {
                if (best == null || moreSpecific(hostOf(rule), hostOf(best))) {
                    best = rule;
                } else if (hostOf(rule).equals(hostOf(best))) {
                    best = merged(best, rule);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private String hostOf(DestinationRule rule) {
        return Hosts.qualify(
                rule.host(), rule.meta().namespace(), settings.get().clusterDomain());
    }

    private static boolean moreSpecific(String host, String than) {
        boolean wild = host.startsWith("*");
        boolean thanWild = than.startsWith("*");
        return wild == thanWild ? host.length() > than.length() : thanWild;
    }

    private static DestinationRule merged(DestinationRule older, DestinationRule newer) {
        Set<String> names = new HashSet<>();
        List<DestinationRule.Subset> subsets = new ArrayList<>();
        for (DestinationRule rule : List.of(older, newer)) {
            for (DestinationRule.Subset subset : rule.subsets()) {
                if (names.add(subset.name())) {
                    subsets.add(subset);
                }
            }
        }
        return new DestinationRule(
                older.meta(),
                older.host(),
                older.trafficPolicy().or(newer::trafficPolicy),
                List.copyOf(subsets),
                older.exportTo());
    }
}
