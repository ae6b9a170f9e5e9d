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
 * @param phases where that time went
 */
public record AttemptReport(
        int attempt,
        String cluster,
        String address,
        int status,
        @Nullable ResponseFlag flag,
        String cause,
        boolean retried,
        Duration duration,
        Phases phases) {

    public AttemptReport {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(phases, "phases");
    }

    /** An attempt of which nobody knows where its time went. */
    public AttemptReport(
            int attempt,
            String cluster,
            String address,
            int status,
            @Nullable ResponseFlag flag,
            String cause,
            boolean retried,
            Duration duration) {
        this(attempt, cluster, address, status, flag, cause, retried, duration, Phases.UNKNOWN);
    }

    /** The subset in Istio's name of the cluster, {@code outbound|<port>|<subset>|<host>}; empty if there is none. */
    public String subset() {
        int port = cluster.indexOf('|');
        int begin = cluster.indexOf('|', port + 1);
        int end = cluster.indexOf('|', begin + 1);
        return port < 0 || begin < 0 || end < 0 ? "" : cluster.substring(begin + 1, end);
    }

    /** In one line, for messages and logs. */
    @Override
    public String toString() {
        return attempt + " " + (address.isEmpty() ? "no host" : address)
                + " " + cluster
                + (status == 0 ? "" : " " + status)
                + (flag == null ? "" : " " + flag)
                + (cause.isEmpty() ? "" : " " + cause)
                + " after " + duration.toMillis() + " ms" + phases;
    }

    /**
     * Where the time of an attempt went. Null is what it has not come to, such as the TLS handshake on a connection that was open.
     *
     * @param queue until there was a connection, or one was being opened
     * @param connect of TCP
     * @param tls of the handshake
     * @param firstByte from having a connection to the answer's first byte
     */
    public record Phases(
            @Nullable Duration queue,
            @Nullable Duration connect,
            @Nullable Duration tls,
            @Nullable Duration firstByte) {

        /** A transport that does not tell. */
        public static final Phases UNKNOWN = new Phases(null, null, null, null);

        @Override
        public String toString() {
            return part("queue", queue) + part("connect", connect) + part("tls", tls) + part("first byte", firstByte);
        }

        private static String part(String name, @Nullable Duration duration) {
            return duration == null ? "" : ", " + name + " " + duration.toNanos() / 1_000 + " us";
        }
    }
}
