package io.inmesh.client.balance;

import io.inmesh.client.host.Host;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where each host stands in some groups; the same address may stand there several times. For one thread at a time. */
final class GroupIndex {

    private final List<Group> groups;
    private @Nullable IdentityHashMap<Host, Place> places;

    GroupIndex(List<Group> groups) {
        this.groups = groups;
    }

    /** The groups look at the host's health again. */
    void changed(Host host) {
        for (Place place = places().get(host); place != null; place = place.next()) {
            place.group().update(place.index());
        }
    }

    // Made with the first change: most snapshots see none.
    private IdentityHashMap<Host, Place> places() {
        IdentityHashMap<Host, Place> found = places;
        if (found == null) {
            found = new IdentityHashMap<>();
            for (Group group : groups) {
                for (int i = 0; i < group.size(); i++) {
                    Host host = group.at(i).host();
                    found.put(host, new Place(group, i, found.get(host)));
                }
            }
            places = found;
        }
        return found;
    }

    private record Place(Group group, int index, @Nullable Place next) {}
}
