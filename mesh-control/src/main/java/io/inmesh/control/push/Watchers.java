package io.inmesh.control.push;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who has asked for what of one type, so that a change finds the streams that it interests without asking the others. Streams that ask for
 * the same names share one set of them.
 */
final class Watchers {

    private final Set<Subscription> all = new LinkedHashSet<>();
    private final Map<Set<String>, NameSet> sets = new HashMap<>();
    private final Map<String, Set<NameSet>> byName = new HashMap<>();

    /** Names that some subscriptions have in common. */
    private static final class NameSet {
        final Set<String> names;
        final Set<Subscription> members = new LinkedHashSet<>();

        NameSet(Set<String> names) {
            this.names = names;
        }
    }

    /** Begins to watch for a subscription; returns the shared instance of its names. */
    Set<String> join(Subscription subscription) {
        if (subscription.wildcard()) {
            all.add(subscription);
        }
        if (subscription.names().isEmpty()) {
            return Set.of();
        }
        NameSet set = sets.computeIfAbsent(subscription.names(), this::index);
        set.members.add(subscription);
        return set.names;
    }

    private NameSet index(Set<String> names) {
        NameSet set = new NameSet(names);
        names.forEach(name ->
                byName.computeIfAbsent(name, unknown -> new LinkedHashSet<>(2)).add(set));
        return set;
    }

    void leave(Subscription subscription) {
        all.remove(subscription);
        NameSet set = sets.get(subscription.names());
        if (set != null && set.members.remove(subscription) && set.members.isEmpty()) {
            sets.remove(set.names);
            set.names.forEach(name -> byName.computeIfPresent(name, (same, some) -> {
                some.remove(set);
                return some.isEmpty() ? null : some;
            }));
        }
    }

    void touched(String name) {
        all.forEach(subscription -> subscription.touch(name));
        byName.getOrDefault(name, Set.of())
                .forEach(set -> set.members.forEach(subscription -> subscription.touch(name)));
    }

    /** Every name that somebody asked for. */
    Collection<String> watched() {
        return byName.keySet();
    }
}
