package io.inmesh.agent.identity;

import io.inmesh.api.identity.SpiffeId;
import java.time.Duration;
import java.util.Objects;

/**
 * Which certificate to ask for, and when again.
 *
 * @param id who the workload is; a certificate of anybody else is refused
 * @param life to ask for; the CA decides
 * @param algorithm of each new key
 * @param schedule when to renew
 */
public record RotationSettings(SpiffeId id, Duration life, KeyAlgorithm algorithm, RotationSchedule schedule) {

    public RotationSettings {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(schedule, "schedule");
        if (life.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a certificate lives at least a second, not " + life);
        }
    }

    /** Istio's: a day, P-256, half of life. */
    public static RotationSettings of(SpiffeId id) {
        return new RotationSettings(id, Duration.ofHours(24), KeyAlgorithm.EC_P256, RotationSchedule.STANDARD);
    }
}
