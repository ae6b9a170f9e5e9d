package io.inmesh.control.translate;

import io.inmesh.control.config.Retries;
import io.inmesh.xds.envoy.RetryPolicies.PreviousHostsPredicate;
import io.inmesh.xds.envoy.RetryPolicies.PreviousPrioritiesConfig;
import io.inmesh.xds.envoy.RetryPolicies.RetryBackOff;
import io.inmesh.xds.envoy.RetryPolicies.RetryHostPredicate;
import io.inmesh.xds.envoy.RetryPolicies.RetryPolicy;
import io.inmesh.xds.envoy.RetryPolicies.RetryPriority;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** VirtualService {@code http.retries}, and the policy that a route has if nothing is written. */
final class RetryTranslation {

    private static final String DEFAULT_RETRY_ON =
            "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes";
    private static final Message OTHER_HOST = Message.of(RetryHostPredicate.TYPE)
            .with(RetryHostPredicate.NAME, "envoy.retry_host_predicates.previous_hosts")
            .with(RetryHostPredicate.TYPED_CONFIG, Any.pack(Message.of(PreviousHostsPredicate.TYPE)));
    private static final Message OTHER_LOCALITY = Message.of(RetryPriority.TYPE)
            .with(RetryPriority.NAME, "envoy.retry_priorities.previous_priorities")
            .with(
                    RetryPriority.TYPED_CONFIG,
                    Any.pack(Message.of(PreviousPrioritiesConfig.TYPE)
                            .with(PreviousPrioritiesConfig.UPDATE_FREQUENCY, 2)));

    // What Go's net/http has words for, which is what Istio asks.
    private static final Set<String> STATUSES = statuses(
            "100-103", "200-208", "226", "300-305", "307-308", "400-418", "421-426", "428-429", "431", "451", "500-508",
            "510-511");

    private RetryTranslation() {}

    /**
     * The policy of a route, or none if retries are switched off.
     *
     * @param hashed whether the destination is chosen by hash, where another host would be the wrong one
     */
    static Optional<Message> of(Optional<Retries> written, boolean hashed) {
        if (written.isEmpty()) {
            return Optional.of(withHosts(basic(2).with(RetryPolicy.RETRY_ON, DEFAULT_RETRY_ON), !hashed));
        }
        Retries retries = written.get();
        int attempts = retries.attempts().orElse(0);
        if (attempts == 0) {
            return Optional.empty();
        }
        Message policy = retryOn(basic(attempts), retries.retryOn().orElse(DEFAULT_RETRY_ON))
                .with(RetryPolicy.PER_TRY_TIMEOUT, retries.perTryTimeout().orElse(null));
        if (retries.retryRemoteLocalities().orElse(false)) {
            policy = policy.with(RetryPolicy.RETRY_PRIORITY, OTHER_LOCALITY);
        }
        if (retries.backoff().isPresent()) {
            policy = policy.with(
                    RetryPolicy.RETRY_BACK_OFF,
                    Message.of(RetryBackOff.TYPE)
                            .with(RetryBackOff.BASE_INTERVAL, retries.backoff().get()));
        }
        return Optional.of(withHosts(policy, retries.retryIgnorePreviousHosts().orElse(!hashed)));
    }

    private static Message basic(int attempts) {
        return Message.of(RetryPolicy.TYPE)
                .with(RetryPolicy.NUM_RETRIES, (long) attempts)
                .with(RetryPolicy.HOST_SELECTION_RETRY_MAX_ATTEMPTS, 5L);
    }

    private static Message withHosts(Message policy, boolean otherHost) {
        return otherHost ? policy.with(RetryPolicy.RETRY_HOST_PREDICATE, List.of(OTHER_HOST)) : policy;
    }

    /** Bare status codes have a list of their own in Envoy; Istio takes those that HTTP names. */
    private static Message retryOn(Message policy, String written) {
        List<String> conditions = new ArrayList<>();
        List<Long> codes = new ArrayList<>();
        for (String condition : written.split(",", -1)) {
            String word = condition.trim();
            if (STATUSES.contains(word)) {
                codes.add(Long.valueOf(word));
            } else if (!word.isEmpty()) {
                conditions.add(word);
            }
        }
        if (!codes.isEmpty() && !conditions.contains("retriable-status-codes")) {
            conditions.add("retriable-status-codes");
        }
        return policy.with(RetryPolicy.RETRY_ON, String.join(",", conditions))
                .with(RetryPolicy.RETRIABLE_STATUS_CODES, codes);
    }

    private static Set<String> statuses(String... ranges) {
        Set<String> codes = new HashSet<>();
        for (String range : ranges) {
            int first = Integer.parseInt(range.substring(0, 3));
            int last = Integer.parseInt(range.substring(range.length() - 3));
            IntStream.rangeClosed(first, last).mapToObj(Integer::toString).forEach(codes::add);
        }
        return Set.copyOf(codes);
    }
}
