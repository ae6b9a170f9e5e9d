package io.inmesh.api.spi;

import io.inmesh.api.error.ResponseFlag;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call, as far as its response head.
 *
 * @param attempt 1 for the first
 * @param cluster the cluster's name
 * @param address of the endpoint, host and port; empty if none was picked
 * @param status of the upstream's answer; 0 if there was none
 * @param flag why there was no answer; null if there was one
 * @param cause Envoy's words, such as {@code remote connection failure}; empty if there was an answer
 * @param retried another attempt follows
 * @param duration from the pick of the endpoint to the response head
 */
public record AttemptReport(
        int attempt,
        String cluster,
        String address,
        int status,
        @Nullable ResponseFlag flag,
        String cause,
        boolean retried,
        Duration duration) {

    public AttemptReport {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(duration, "duration");
    }
}
