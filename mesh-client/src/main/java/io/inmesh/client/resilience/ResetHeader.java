package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.MeshClock;

/**
 * A header in which a response says how long to wait before the request is made again; of several lines the first counts. Immutable.
 *
 * @param name lower case
 * @param timestamp the value is a second of Unix time, not a number of seconds
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto">Envoy,
 *     RetryPolicy.RateLimitedRetryBackOff</a>
 */
public record ResetHeader(String name, boolean timestamp) {

    private static final int MAX_DIGITS = 15;

    /** -1 if the response does not say, or says what is past. */
    long millis(MeshResponse head, MeshClock clock) {
        if (head.header(name) == null) {
            return -1;
        }
        long seconds = number(head.headerValues(name).get(0).strip());
        if (seconds < 0 || !timestamp) {
            return seconds < 0 ? -1 : 1000 * seconds;
        }
        long left = seconds - clock.now().getEpochSecond();
        return left < 0 ? -1 : 1000 * left;
    }

    private static long number(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
