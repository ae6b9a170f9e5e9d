package io.inmesh.conformance.row;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many rows of a scenario nobody writes.
 *
 * @param seed chooses them among all that are possible
 * @param perField how many for one field; 0 for none at all
 * @param notAbout fields that have rows enough elsewhere
 * @param witnesses texts that each regular expression matches
 */
public record Generation(long seed, int perField, Set<String> notAbout, Map<String, List<String>> witnesses) {

    public static final Generation NONE = new Generation(0, 0, Set.of(), Map.of());

    public Generation {
        notAbout = Set.copyOf(notAbout);
        witnesses = Map.copyOf(witnesses);
    }
}
