package io.inmesh.client.compile;

import java.util.Comparator;

/**
 * Something in a resource that does not take effect.
 *
 * @param resource kind and name, such as {@code cluster outbound|80||reviews}
 * @param path of the field in the resource, in Envoy's spelling; empty for the resource as a whole
 * @param reason in words for an operator
 */
public record Finding(String resource, String path, String reason) implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::resource).thenComparing(Finding::path).thenComparing(Finding::reason);

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
