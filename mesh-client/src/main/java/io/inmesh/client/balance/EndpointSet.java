package io.inmesh.client.balance;

import java.util.List;

/**
 * All endpoints of a cluster by priority and locality, as the control service says. Immutable.
 *
 * @param priorities from the highest; a level may be empty
 * @param overprovisioningFactor percent by which a level's healthy share is multiplied before traffic spills over
 * @param weightedPriorityHealth a level's health counts endpoints by weight
 */
public record EndpointSet(List<Level> priorities, long overprovisioningFactor, boolean weightedPriorityHealth) {

    public static final EndpointSet EMPTY = new EndpointSet(List.of(), 140, false);

    public EndpointSet {
        priorities = List.copyOf(priorities);
    }

    /** All endpoints, highest priority first. */
    public List<Endpoint> endpoints() {
        return priorities.stream().flatMap(level -> level.endpoints().stream()).toList();
    }

    /** The endpoints of one priority. */
    public record Level(List<Zone> localities) {

        public Level {
            localities = List.copyOf(localities);
        }

        public List<Endpoint> endpoints() {
            return localities.stream()
                    .flatMap(zone -> zone.endpoints().stream())
                    .toList();
        }
    }

    /**
     * The endpoints of one place and priority.
     *
     * @param weight 0 takes no traffic where localities are weighted
     */
    public record Zone(long weight, List<Endpoint> endpoints) {

        public Zone {
            endpoints = List.copyOf(endpoints);
        }
    }
}
