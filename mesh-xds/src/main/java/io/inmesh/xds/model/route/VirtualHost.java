package io.inmesh.xds.model.route;

import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The routes of some authorities.
 *
 * @param domains exact names, {@code *.suffix}, {@code prefix.*} or {@code *}; an exact one wins over suffix over prefix over star
 * @param routes the first that matches is taken
 * @param requireTls whether plaintext requests are redirected to https
 * @param includeRequestAttemptCount attempts carry {@code x-envoy-attempt-count}
 * @param includeAttemptCountInResponse responses carry {@code x-envoy-attempt-count}
 * @param retryPolicy that of routes without one; null if none
 * @param perFilterConfig settings for HTTP filters by their name
 */
public record VirtualHost(
        String name,
        List<String> domains,
        List<Route> routes,
        TlsRequirement requireTls,
        HeaderMutations headers,
        boolean includeRequestAttemptCount,
        boolean includeAttemptCountInResponse,
        @Nullable RetryPolicy retryPolicy,
        Map<String, PerFilterConfig> perFilterConfig,
        Metadata metadata) {

    public VirtualHost {
        Objects.requireNonNull(name, "name");
        domains = List.copyOf(domains);
        routes = List.copyOf(routes);
        Objects.requireNonNull(requireTls, "requireTls");
        Objects.requireNonNull(headers, "headers");
        perFilterConfig = Map.copyOf(perFilterConfig);
        Objects.requireNonNull(metadata, "metadata");
    }

    /** Envoy's TlsRequirementType. */
    public enum TlsRequirement {
        NONE,
        EXTERNAL_ONLY,
        ALL
    }
}
