package io.inmesh.control.analysis.schema;

import io.inmesh.control.yaml.EditDistance;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name that was meant. Stateless. */
final class NearestName {

    private static final int MOST = 2;

    private NearestName() {}

    /** The nearest of some names, unless none is near; short ones must be nearer. */
    static Optional<String> of(String written, Collection<String> names) {
        String lower = written.toLowerCase(Locale.ROOT);
        int most = Math.min(MOST, Math.max(1, written.length() / 3));
        for (int letters = 0; letters <= most; letters++) {
            for (String name : names) {
                if (EditDistance.within(lower, name.toLowerCase(Locale.ROOT), letters)) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }
}
