package io.inmesh.agent.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * How the workload's certificate stands, for health and for people.
 *
 * @param notAfter until when the current certificate is good; empty if there never was one
 * @param renewal when it is to be renewed
 * @param failures attempts that failed since the last success
 * @param lastFailure why the last of them failed
 */
public record IdentityStatus(
        Optional<Instant> notAfter, Optional<Instant> renewal, int failures, Optional<String> lastFailure) {

    public static final IdentityStatus NONE =
            new IdentityStatus(Optional.empty(), Optional.empty(), 0, Optional.empty());

    public IdentityStatus failed(String why) {
        return new IdentityStatus(notAfter, renewal, failures + 1, Optional.of(why));
    }
}
