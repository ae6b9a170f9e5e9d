package io.inmesh.client.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Builds the pickers of one view. */
record Pickers(BalancerSettings settings, int seed, long overprovisioningFactor) {

    /** The endpoints of a level that qualify, by locality where localities are weighted; null if there are none. */
    @Nullable
    Picker of(EndpointSet.Level level, Predicate<Endpoint> qualifies) {
        if (!settings.weightedLocalities()) {
            return flat(level.endpoints(), qualifies);
        }
        List<LocalityPicker.Share> shares = new ArrayList<>();
        for (EndpointSet.Zone zone : level.localities()) {
            Picker picker = flat(zone.endpoints(), qualifies);
            if (picker != null && zone.weight() > 0) {
                shares.add(new LocalityPicker.Share(zone.weight() * availability(zone, qualifies), picker));
            }
        }
        return shares.isEmpty() ? null : new LocalityPicker(shares);
    }

    @Nullable
    Picker flat(List<Endpoint> endpoints, Predicate<Endpoint> qualifies) {
        Endpoint[] chosen = endpoints.stream().filter(qualifies).toArray(Endpoint[]::new);
        return chosen.length == 0 ? null : settings.policy().over(chosen, seed);
    }

    private double availability(EndpointSet.Zone zone, Predicate<Endpoint> qualifies) {
        long available = zone.endpoints().stream().filter(qualifies).count();
        return Math.min(
                1.0,
                overprovisioningFactor / 100.0 * available / zone.endpoints().size());
    }
}
