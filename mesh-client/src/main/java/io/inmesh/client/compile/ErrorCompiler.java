package io.inmesh.client.compile;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.cluster.ErrorMatch;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which answers outlier detection takes for failures. A condition that is not supported holds for no answer. */
final class ErrorCompiler {

    private final Matchers matchers = new Matchers(new Regexes());

    private ErrorCompiler() {}

    /**
     * Compiles a cluster's error matcher.
     *
     * @return null if the status alone decides
     * @throws IllegalArgumentException if a regex cannot be compiled
     */
    static @Nullable Predicate<MeshResponse> compile(@Nullable ErrorMatch match) {
        return match == null ? null : new ErrorCompiler().predicate(match);
    }

    private Predicate<MeshResponse> predicate(ErrorMatch match) {
        if (match instanceof ErrorMatch.AnyOf any) {
            List<Predicate<MeshResponse>> each =
                    any.conditions().stream().map(this::predicate).toList();
            return response -> each.stream().anyMatch(one -> one.test(response));
        } else if (match instanceof ErrorMatch.AllOf all) {
            List<Predicate<MeshResponse>> each =
                    all.conditions().stream().map(this::predicate).toList();
            return response -> each.stream().allMatch(one -> one.test(response));
        } else if (match instanceof ErrorMatch.Not not) {
            return predicate(not.condition()).negate();
        } else if (match instanceof ErrorMatch.ResponseHeaders head) {
            List<Predicate<MeshResponse>> each =
                    head.headers().stream().map(this::header).toList();
            return response -> each.stream().allMatch(one -> one.test(response));
        }
        boolean answer = match instanceof ErrorMatch.Every every && every.answer();
        return response -> answer;
    }

    private Predicate<MeshResponse> header(HeaderMatch match) {
        return matchers.header(match)
                .<Predicate<MeshResponse>>map(ErrorCompiler::onResponse)
                .orElse(response -> false);
    }

    private static Predicate<MeshResponse> onResponse(HeaderMatcher matcher) {
        return matcher::matches;
    }
}
