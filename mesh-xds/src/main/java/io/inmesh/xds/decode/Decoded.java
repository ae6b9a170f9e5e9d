package io.inmesh.xds.decode;

import java.util.List;
import java.util.Objects;

/** What became of one resource. */
public sealed interface Decoded<T> {

    /**
     * The resource.
     *
     * @throws IllegalArgumentException if it was refused
     */
    T orThrow();

    /**
     * It can be used.
     *
     * @param unsupported paths of what is in it and was left aside, such as {@code virtual_hosts[0].routes[2].route.hash_policy}. Keys of
     *     maps are in braces, the type of an unknown extension in parentheses
     */
    record Usable<T>(String name, T resource, List<String> unsupported) implements Decoded<T> {
        public Usable {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(resource, "resource");
            unsupported = List.copyOf(unsupported);
        }

        @Override
        public T orThrow() {
            return resource;
        }
    }

    /** It cannot. */
    record Refused<T>(Rejection rejection) implements Decoded<T> {
        public Refused {
            Objects.requireNonNull(rejection, "rejection");
        }

        @Override
        public T orThrow() {
            throw new IllegalArgumentException(rejection.toString());
        }
    }
}
