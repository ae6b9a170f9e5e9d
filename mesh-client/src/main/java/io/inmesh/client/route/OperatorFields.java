package io.inmesh.client.route;

import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.MetadataValue;
import java.util.HashSet;
import java.util.Set;

/**
 * Which fields of a route or cluster an operator wrote. On the wire each carries defaults that nobody wrote; our control service says
 * which ones somebody did. Immutable.
 *
 * @param told whether the control service says it; an istiod does not
 * @param paths Istio's names, such as {@code retries.attempts}, or of a whole block, such as {@code retries}
 */
public record OperatorFields(boolean told, Set<String> paths) {

    /** Nothing is known. */
    public static final OperatorFields UNTOLD = new OperatorFields(false, Set.of());

    public OperatorFields {
        paths = Set.copyOf(paths);
    }

    public static OperatorFields of(Metadata metadata) {
        MetadataValue.Struct inmesh = metadata.of("inmesh");
        if (inmesh.fields().isEmpty()) {
            return UNTOLD;
        }
        Set<String> paths = new HashSet<>();
        if (inmesh.fields().get("explicit") instanceof MetadataValue.Items items) {
            for (MetadataValue value : items.values()) {
                if (value instanceof MetadataValue.Text text) {
                    paths.add(text.value());
                }
            }
        }
        return new OperatorFields(true, paths);
    }

    /**
     * Whether the field is the operator's.
     *
     * @param differs whether its value is not the default; what counts where nobody tells
     */
    boolean cover(String path, boolean differs) {
        if (!told) {
            return differs;
        }
        for (String written : paths) {
            if (path.equals(written) || path.startsWith(written + ".")) {
                return true;
            }
        }
        return false;
    }
}
