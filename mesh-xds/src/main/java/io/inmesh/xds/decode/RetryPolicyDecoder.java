package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.RetryPolicies;
import io.inmesh.xds.envoy.RetryPolicies.PreviousHostsPredicate;
import io.inmesh.xds.envoy.RetryPolicies.PreviousPrioritiesConfig;
import io.inmesh.xds.envoy.RetryPolicies.RateLimitedRetryBackOff;
import io.inmesh.xds.envoy.RetryPolicies.ResetHeaderFormat;
import io.inmesh.xds.envoy.RetryPolicies.RetryBackOff;
import io.inmesh.xds.envoy.RetryPolicies.RetryHostPredicate;
import io.inmesh.xds.envoy.RetryPolicies.RetryPriority;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.route.RetryPolicy;
import io.inmesh.xds.model.route.RetryPolicy.BackOff;
import io.inmesh.xds.model.route.RetryPolicy.HostSelection;
import io.inmesh.xds.model.route.RetryPolicy.RateLimited;
import io.inmesh.xds.model.route.RetryPolicy.ResetHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code RetryPolicy}. */
final class RetryPolicyDecoder {

    private static final String PREVIOUS_HOSTS = "envoy.retry_host_predicates.previous_hosts";
    private static final Duration MAX_RATE_LIMITED = Duration.ofMinutes(5);

    private RetryPolicyDecoder() {}

    static RetryPolicy decode(Fields fields) {
        Set<RetryOn> retryOn = EnumSet.noneOf(RetryOn.class);
        List<String> unknown = new ArrayList<>();
        for (String word : fields.get(RetryPolicies.RetryPolicy.RETRY_ON).split(",", -1)) {
            Optional<RetryOn> known = RetryOn.of(word.strip());
            known.ifPresent(retryOn::add);
            if (known.isEmpty() && !word.isBlank()) {
                unknown.add(word.strip());
                fields.unsupported("retry_on{" + word.strip() + "}");
            }
        }
        return new RetryPolicy(
                retryOn,
                unknown,
                fields.or(RetryPolicies.RetryPolicy.NUM_RETRIES, 1L),
                unlessZero(fields.orNull(RetryPolicies.RetryPolicy.PER_TRY_TIMEOUT)),
                unlessZero(fields.orNull(RetryPolicies.RetryPolicy.PER_TRY_IDLE_TIMEOUT)),
                backOff(fields),
                hostSelection(fields),
                fields.get(RetryPolicies.RetryPolicy.RETRIABLE_STATUS_CODES).stream()
                        .map(Long::intValue)
                        .collect(Collectors.toSet()),
                fields.each(RetryPolicies.RetryPolicy.RETRIABLE_HEADERS, MatcherDecoder::header),
                fields.each(RetryPolicies.RetryPolicy.RETRIABLE_REQUEST_HEADERS, MatcherDecoder::header));
    }

    private static @Nullable Duration unlessZero(@Nullable Duration duration) {
        return duration == null || duration.isZero() ? null : duration;
    }

    private static BackOff backOff(Fields fields) {
        RateLimited rateLimited = fields.nestedOrNull(
                RetryPolicies.RetryPolicy.RATE_LIMITED_RETRY_BACK_OFF, RetryPolicyDecoder::rateLimited);
        BackOff absent = new BackOff(BackOff.DEFAULT.baseInterval(), BackOff.DEFAULT.maxInterval(), rateLimited);
        return fields.nestedOr(RetryPolicies.RetryPolicy.RETRY_BACK_OFF, absent, own -> {
            Duration base = own.or(RetryBackOff.BASE_INTERVAL, BackOff.DEFAULT.baseInterval());
            return new BackOff(base, own.or(RetryBackOff.MAX_INTERVAL, base.multipliedBy(10)), rateLimited);
        });
    }

    private static RateLimited rateLimited(Fields fields) {
        return new RateLimited(
                fields.each(
                        RateLimitedRetryBackOff.RESET_HEADERS,
                        header -> new ResetHeader(
                                header.get(RetryPolicies.ResetHeader.NAME).toLowerCase(Locale.ROOT),
                                header.get(RetryPolicies.ResetHeader.FORMAT) == ResetHeaderFormat.UNIX_TIMESTAMP)),
                fields.or(RateLimitedRetryBackOff.MAX_INTERVAL, MAX_RATE_LIMITED));
    }

    private static HostSelection hostSelection(Fields fields) {
        List<Boolean> predicates =
                fields.each(RetryPolicies.RetryPolicy.RETRY_HOST_PREDICATE, RetryPolicyDecoder::avoidsPreviousHosts);
        return new HostSelection(
                Math.max(1, fields.get(RetryPolicies.RetryPolicy.HOST_SELECTION_RETRY_MAX_ATTEMPTS)),
                predicates.contains(true),
                fields.nestedOr(RetryPolicies.RetryPolicy.RETRY_PRIORITY, 0, RetryPolicyDecoder::previousPriorities));
    }

    /** Istio names the predicate and gives it no configuration. */
    private static boolean avoidsPreviousHosts(Fields fields) {
        Extension config = fields.extension(RetryHostPredicate.TYPED_CONFIG);
        boolean named = fields.get(RetryHostPredicate.NAME).equals(PREVIOUS_HOSTS);
        boolean known = config.holds(PreviousHostsPredicate.TYPE)
                || (named && config.typeUrl().isEmpty());
        if (!known) {
            config.unsupported();
        }
        return known;
    }

    private static int previousPriorities(Fields fields) {
        // The configuration's type says it all.
        fields.ignore(RetryPriority.NAME);
        Extension config = fields.extension(RetryPriority.TYPED_CONFIG);
        if (config.holds(PreviousPrioritiesConfig.TYPE)) {
            return config.decode(
                    PreviousPrioritiesConfig.TYPE,
                    priorities -> priorities.get(PreviousPrioritiesConfig.UPDATE_FREQUENCY));
        }
        config.unsupported();
        return 0;
    }
}
