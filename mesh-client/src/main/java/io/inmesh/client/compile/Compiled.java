package io.inmesh.client.compile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one resource became, kept with what it was made of, so that the next compilation can tell whether it is still the same.
 *
 * @param source all inputs of it
 * @param value null if the resource was refused
 * @param rejection null unless it was refused
 */
record Compiled<S, T>(
        S source,
        @Nullable T value,
        List<Finding> unsupported,
        @Nullable Finding rejection) {

    Compiled {
        unsupported = List.copyOf(unsupported);
    }
}
