package io.inmesh.client.compile;

import io.inmesh.client.match.StringMatcher;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.route.CorsPolicy;
import io.inmesh.xds.model.route.PerFilterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the levels say about pages of other origins; what one leaves open the next says. */
final class CorsCompiler {

    private static final String FILTER = "envoy.filters.http.cors";

    private final RouteScope scope;

    CorsCompiler(RouteScope scope) {
        this.scope = scope;
    }

    /**
     * Compiles a route's policy.
     *
     * @param mostSpecificFirst the settings of each level
     * @return null if none says anything
     */
    io.inmesh.client.route.@Nullable CorsPolicy compile(List<Map<String, PerFilterConfig>> mostSpecificFirst) {
        List<CorsPolicy> levels = new ArrayList<>();
        for (Map<String, PerFilterConfig> level : mostSpecificFirst) {
            if (level.get(FILTER) instanceof PerFilterConfig.Cors cors) {
                levels.add(cors.policy());
            }
        }
        if (levels.isEmpty()) {
            return null;
        }
        return new io.inmesh.client.route.CorsPolicy(
                origins(levels),
                text(levels, CorsPolicy::allowMethods),
                text(levels, CorsPolicy::allowHeaders),
                text(levels, CorsPolicy::exposeHeaders),
                text(levels, CorsPolicy::maxAge),
                flag(levels, CorsPolicy::allowCredentials, false),
                flag(levels, CorsPolicy::allowPrivateNetworkAccess, false),
                flag(levels, CorsPolicy::forwardNotMatchingPreflights, true),
                Matchers.fraction(levels.get(0).enabled()));
    }

    private List<StringMatcher> origins(List<CorsPolicy> levels) {
        List<StringMatch> matches = levels.stream()
                .map(CorsPolicy::allowOrigins)
                .filter(origins -> !origins.isEmpty())
                .findFirst()
                .orElse(List.of());
        List<StringMatcher> origins = new ArrayList<>();
        for (StringMatch match : matches) {
            Optional<StringMatcher> origin = scope.matchers().string(match);
            if (origin.isEmpty()) {
                scope.unsupported("typed_per_filter_config{" + FILTER + "}.allow_origin_string_match");
            }
            origin.ifPresent(origins::add);
        }
        return origins;
    }

    private static String text(List<CorsPolicy> levels, Function<CorsPolicy, String> field) {
        return levels.stream()
                .map(field)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static boolean flag(
            List<CorsPolicy> levels, Function<CorsPolicy, @Nullable Boolean> field, boolean otherwise) {
        for (CorsPolicy level : levels) {
            Boolean flag = field.apply(level);
            if (flag != null) {
                return flag;
            }
        }
        return otherwise;
    }
}
