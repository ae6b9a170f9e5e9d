package io.inmesh.control.push;

import java.util.Map;

/** Everything that one kind of client sees at one moment. Immutable. */
public record View(Map<XdsType, ResourceSet> sets) {

    public ResourceSet of(XdsType type) {
        return sets.getOrDefault(type, EMPTY);
    }

    private static final ResourceSet EMPTY = new ResourceSet(Map.of(), "0");
}
