package io.inmesh.control.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Istio's HTTPRetry, each field as written.
 *
 * @param attempts further attempts after the first; 0 switches retries off
 * @param retryOn Envoy's conditions, and bare status codes
 */
public record Retries(
        OptionalInt attempts,
        Optional<Duration> perTryTimeout,
        Optional<String> retryOn,
        Optional<Duration> backoff,
        Optional<Boolean> retryRemoteLocalities,
        Optional<Boolean> retryIgnorePreviousHosts) {

    /** As the mesh's own policy, which Istio lays over two attempts. */
    Retries ofMesh() {
        return new Retries(
                attempts.isPresent() ? attempts : OptionalInt.of(2),
                perTryTimeout,
                retryOn,
                backoff,
                retryRemoteLocalities,
                retryIgnorePreviousHosts);
    }

    static Retries read(Fields retries) {
        return new Retries(
                retries.integer("attempts", 0, 1_000_000),
                retries.duration("perTryTimeout"),
                retries.text("retryOn").filter(conditions -> !conditions.isEmpty()),
                retries.duration("backoff"),
                retries.flag("retryRemoteLocalities"),
                retries.flag("retryIgnorePreviousHosts"));
    }
}
