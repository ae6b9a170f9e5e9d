package io.inmesh.xds.state;

import io.inmesh.xds.decode.Rejection;
import io.inmesh.xds.wire.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All resources of one type. Immutable; resources that did not change are the same instances as in the set before.
 *
 * @param version of the last response that was taken; empty before the first
 * @param received whether any response came
 * @param byName usable resources, in the order of their coming
 * @param unsupported by resource, paths of what is in it and not supported; resources without any are left out
 * @param rejections of the last response
 * @param givenUp names that were asked for and are not waited for any longer
 * @param wire usable resources as they came, by name; empty for a set that no stream brought
 */
public record ResourceSet<T>(
        String version,
        boolean received,
        Map<String, T> byName,
        Map<String, List<String>> unsupported,
        List<Rejection> rejections,
        Set<String> givenUp,
        Map<String, Bytes> wire) {

    public ResourceSet {
        Objects.requireNonNull(version, "version");
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        unsupported = Collections.unmodifiableMap(new LinkedHashMap<>(unsupported));
        rejections = List.copyOf(rejections);
        givenUp = Set.copyOf(givenUp);
        wire = Collections.unmodifiableMap(new LinkedHashMap<>(wire));
    }

    /** A set that no stream brought. */
    public ResourceSet(
            String version,
            boolean received,
            Map<String, T> byName,
            Map<String, List<String>> unsupported,
            List<Rejection> rejections,
            Set<String> givenUp) {
        this(version, received, byName, unsupported, rejections, givenUp, Map.of());
    }

    /** Nothing received. */
    public static <T> ResourceSet<T> empty() {
        return new ResourceSet<>("", false, Map.of(), Map.of(), List.of(), Set.of());
    }

    /** The resource of that name. */
    public Optional<T> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether each of the names is there or given up. */
    boolean hasAll(Set<String> names) {
        return names.stream().allMatch(name -> byName.containsKey(name) || givenUp.contains(name));
    }
}
