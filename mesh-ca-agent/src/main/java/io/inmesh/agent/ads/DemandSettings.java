package io.inmesh.agent.ads;

import java.time.Duration;
import java.util.Set;

/**
 * How hosts come and go that are asked for when they are called.
 *
 * @param warm {@code <port>/<host>}, asked for at the start and never dropped
 * @param firstCall how long the first call of a host waits for it
 * @param unknownFor how long a host is remembered that does not exist
 * @param unusedFor how long a host is kept that nobody calls
 * @param mostUnknown hosts that are remembered as unknown; beyond, unknown ones pass without a question
 */
public record DemandSettings(
        Set<String> warm, Duration firstCall, Duration unknownFor, Duration unusedFor, int mostUnknown) {

    public DemandSettings {
        warm = Set.copyOf(warm);
    }

    /** Nothing is warm; a first call waits a second, an unknown host is one for ten, an unused one goes after an hour. */
    public static DemandSettings standard(Set<String> warm) {
        return new DemandSettings(warm, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofHours(1), 1_000);
    }
}
