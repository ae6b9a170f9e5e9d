package io.inmesh.test;

import io.inmesh.api.error.ResponseFlag;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What came of a call in virtual time.
 *
 * @param status that the caller sees
 * @param body of a local reply; empty for an upstream's answer
 * @param flags Envoy's
 * @param endpoints addresses of its attempts, in order
 * @param subsets of its attempts, in order; empty texts where there are none
 * @param took in virtual time
 */
public record MeshResult(
        int status, String body, Set<ResponseFlag> flags, List<String> endpoints, List<String> subsets, Duration took) {

    public MeshResult {
        flags = Set.copyOf(flags);
        endpoints = List.copyOf(endpoints);
        subsets = List.copyOf(subsets);
    }

    /** How many attempts were made. */
    public int attempts() {
        return endpoints.size();
    }
}
