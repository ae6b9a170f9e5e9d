package io.inmesh.control.translate;

import io.inmesh.control.config.LocalityBalancing;
import io.inmesh.control.config.ZoneAwareBalancing;
import io.inmesh.control.state.MeshEndpoint;
import io.inmesh.control.translate.Scopes.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Weights and priorities of endpoints for callers of one place, as istiod gives them: by {@code distribute}; else, where hosts are ejected,
 * by how near they are. An Envoy turns to a lower priority only when hosts of a higher one are gone, which nothing but ejection brings about.
 */
final class Localities {

    private final Optional<LocalityBalancing> settings;
    private final Optional<ZoneAwareBalancing> zones;
    private final boolean failsOver;
    private final Place caller;

    private Localities(
            Optional<LocalityBalancing> settings, Optional<ZoneAwareBalancing> zones, boolean failsOver, Place caller) {
        this.settings = settings;
        this.zones = zones;
        this.failsOver = failsOver;
        this.caller = caller;
    }

    /** @param written of the rule, else of the mesh */
    static Localities of(LocalityBalancing written, Optional<ZoneAwareBalancing> zones, boolean ejects, Place caller) {
        return new Localities(Optional.of(written).filter(LocalityBalancing::enabled), zones, ejects, caller);
    }

    /** No caller's place counts. */
    static Localities asTheyAre() {
        return new Localities(Optional.empty(), Optional.empty(), false, Place.ANYWHERE);
    }

    /** The groups with weights and priorities; a group may be divided. */
    List<Group> arranged(List<Group> groups) {
        if (zones.isPresent()) {
            return zones.get().enabled() ? byRegion(groups, zones.get()) : groups;
        }
        if (settings.isEmpty()) {
            return groups;
        }
        LocalityBalancing locality = settings.get();
        if (!locality.distribute().isEmpty()) {
            return distributed(groups, locality.distribute());
        }
        if (!failsOver) {
            return groups;
        }
        if (locality.failoverPriority().isEmpty()) {
            return dense(groups.stream()
                    .map(group -> group.at(distance(group, locality.failover())))
                    .toList());
        }
        List<Group> byLabels = byLabels(groups, locality.failoverPriority());
        return locality.failover().isEmpty()
                ? byLabels
                : dense(byLabels.stream()
                        .map(group -> group.at(group.priority() * 5 + distance(group, locality.failover())))
                        .toList());
    }

    private List<Group> byLabels(List<Group> groups, List<String> labels) {
        return dense(groups.stream()
                .flatMap(group -> divided(group, labels).stream())
                .toList());
    }

    /** All zones of the caller's region together, which Envoy balances; then the region to turn to, then the others. */
    private List<Group> byRegion(List<Group> groups, ZoneAwareBalancing zones) {
        List<Group> divided = zones.failoverPriority().isEmpty() ? groups : byLabels(groups, zones.failoverPriority());
        return dense(divided.stream()
                .map(group -> group.at(group.priority() * 3 + regionDistance(group, zones.failover())))
                .toList());
    }

    private int regionDistance(Group group, List<LocalityBalancing.Failover> failover) {
        String own = region(caller.locality());
        String other = region(group.locality());
        if (own.equals(other)) {
            return 0;
        }
        return failover.stream()
                        .filter(rule -> rule.from().equals(own))
                        .findFirst()
                        .filter(rule -> rule.to().equals(other))
                        .isPresent()
                ? 1
                : 2;
    }

    static String region(String locality) {
        int slash = locality.indexOf('/');
        return slash < 0 ? locality : locality.substring(0, slash);
    }

    private List<Group> distributed(List<Group> groups, List<LocalityBalancing.Distribute> rules) {
        Optional<LocalityBalancing.Distribute> rule = rules.stream()
                .filter(candidate -> covers(candidate.from(), caller.locality()))
                .findFirst();
        if (rule.isEmpty()) {
            return groups;
        }
        List<Group> left = new ArrayList<>(groups);
        List<Group> arranged = new ArrayList<>();
        // The longest first: where two places cover an endpoint, the nearer description wins.
        rule.get().to().entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<String, Integer> to) -> -to.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .forEach(to -> {
                    List<Group> covered = left.stream()
                            .filter(group -> covers(to.getKey(), group.locality()))
                            .toList();
                    long total = covered.stream().mapToLong(Group::weight).sum();
                    covered.forEach(group -> arranged.add(
                            group.weighing((long) Math.ceil((double) group.weight() * to.getValue() / total))));
                    left.removeAll(covered);
                });
        arranged.sort(Comparator.comparing(Group::locality));
        return arranged;
    }

    /** {@code region/zone/sub-zone} of which the end may be missing, and each part may be {@code *}. */
    private static boolean covers(String rule, String locality) {
        String[] wanted = rule.split("/", -1);
        String[] actual = locality.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            String part = i < actual.length ? actual[i] : "";
            if (!wanted[i].equals("*") && !wanted[i].equals(part)) {
                return false;
            }
        }
        return true;
    }

    /** From 0, the same sub-zone, to 3, another region; 4 if the caller's region prefers yet another. */
    private int distance(Group group, List<LocalityBalancing.Failover> failover) {
        String[] own = (caller.locality() + "//").split("/", -1);
        String[] other = (group.locality() + "//").split("/", -1);
        for (int i = 0; i < 3; i++) {
            if (!own[i].equals(other[i])) {
                boolean elsewhere = i == 0
                        && failover.stream()
                                .filter(rule -> rule.from().equals(own[0]))
                                .findFirst()
                                .filter(rule -> !rule.to().equals(other[0]))
                                .isPresent();
                return elsewhere ? 4 : 3 - i;
            }
        }
        return 0;
    }

    /** By the number of labels, from the first, in which endpoint and caller agree. */
    private List<Group> divided(Group group, List<String> labels) {
        Map<Integer, List<MeshEndpoint>> byPriority = new TreeMap<>();
        for (MeshEndpoint endpoint : group.endpoints()) {
            Map<String, String> own = Places.labels(endpoint.workload().labels(), group.locality());
            int same = 0;
            while (same < labels.size() && agrees(labels.get(same), own)) {
                same++;
            }
            byPriority
                    .computeIfAbsent(labels.size() - same, unknown -> new ArrayList<>())
                    .add(endpoint);
        }
        List<Group> parts = new ArrayList<>();
        byPriority.forEach(
                (priority, some) -> parts.add(Group.of(group.locality(), some).at(priority)));
        return parts;
    }

    private boolean agrees(String label, Map<String, String> endpoint) {
        int equals = label.indexOf('=');
        String name = equals < 0 ? label : label.substring(0, equals);
        String wanted = equals < 0 ? caller.labels().getOrDefault(name, "") : label.substring(equals + 1);
        return wanted.equals(endpoint.getOrDefault(name, ""));
    }

    /** The same order without gaps, which Envoy refuses. */
    private static List<Group> dense(List<Group> groups) {
        List<Integer> priorities =
                List.copyOf(new TreeSet<>(groups.stream().map(Group::priority).toList()));
        return groups.stream()
                .map(group -> group.at(priorities.indexOf(group.priority())))
                .toList();
    }

    /** Endpoints of one place and priority. */
    record Group(String locality, int priority, long weight, List<MeshEndpoint> endpoints) {

        static Group of(String locality, List<MeshEndpoint> endpoints) {
            long weight = endpoints.stream()
                    .mapToLong(endpoint -> endpoint.workload().weight())
                    .sum();
            return new Group(locality, 0, weight, endpoints);
        }

        Group at(int level) {
            return new Group(locality, level, weight, endpoints);
        }

        Group weighing(long share) {
            return new Group(locality, priority, share, endpoints);
        }
    }
}
