package io.inmesh.xds.model.endpoint;

import java.util.List;
import java.util.Objects;

/**
 * Endpoints of one place and priority.
 *
 * @param priority 0 is the highest
 * @param weight of the locality among those of its priority; 0 if unset: no traffic where localities are weighted
 */
public record LocalityLbEndpoints(Locality locality, int priority, long weight, List<LbEndpoint> endpoints) {

    public LocalityLbEndpoints {
        Objects.requireNonNull(locality, "locality");
        if (priority < 0) {
            throw new IllegalArgumentException("A priority is not negative: " + priority);
        }
        endpoints = List.copyOf(endpoints);
    }
}
