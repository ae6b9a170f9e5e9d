package io.inmesh.client.route;

import io.inmesh.xds.model.route.RetryOn;
import java.util.List;
import java.util.Set;

/** Istio's {@code retryOn}: Envoy's conditions, and bare status codes. */
final class RetryWords {

    private RetryWords() {}

    /**
     * Adds what the words stand for.
     *
     * @throws IllegalArgumentException if one is none; the message names it
     */
    static void read(List<String> words, Set<RetryOn> conditions, Set<Integer> statuses) {
        for (String word : words) {
            if (word.matches("[1-5]\\d\\d")) {
                statuses.add(Integer.valueOf(word));
                conditions.add(RetryOn.RETRIABLE_STATUS_CODES);
            } else {
                conditions.add(
                        RetryOn.of(word)
                                .orElseThrow(
                                        () -> new IllegalArgumentException(
                                                "'" + word
                                                        + "' is no condition of Envoy's, such as 5xx, gateway-error, reset or connect-failure")));
            }
        }
    }
}
