package io.inmesh.control.state;

import io.inmesh.control.config.Resource;
import java.time.Instant;
import java.util.Comparator;

/** The order in which resources win over one another: by creation, and where a folder does not tell it, by name. */
final class Age {

    static final Comparator<Resource> OLDEST_FIRST = Comparator.<Resource, Instant>comparing(
                    resource -> resource.meta().created().orElse(Instant.MAX))
            .thenComparing(resource -> resource.meta().name())
            .thenComparing(resource -> resource.meta().namespace());

    private Age() {}
}
