package io.inmesh.control.state;

import io.inmesh.control.config.HttpMatch;
import io.inmesh.control.config.StringMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conditions of a delegating route and of a delegate's route together: each of the delegate's must narrow down one of the other's. */
final class DelegatedMatches {

    private DelegatedMatches() {}

    /** Empty if one of the delegate's conditions lies outside of all of the delegating route's. */
    static Optional<List<HttpMatch>> merged(List<HttpMatch> root, List<HttpMatch> own) {
        if (root.isEmpty() || own.isEmpty()) {
            return Optional.of(root.isEmpty() ? own : root);
        }
        List<HttpMatch> merged = new ArrayList<>();
        for (HttpMatch narrow : own) {
            List<HttpMatch> inside = root.stream()
                    .filter(wide -> !conflict(wide, narrow))
                    .map(wide -> merged(wide, narrow))
                    .toList();
            if (inside.isEmpty()) {
                return Optional.empty();
            }
            merged.addAll(inside);
        }
        return Optional.of(merged);
    }

    static String name(String root, String own) {
        return root.isEmpty() || own.isEmpty() ? root + own : root + "-" + own;
    }

    private static HttpMatch merged(HttpMatch wide, HttpMatch narrow) {
        return new HttpMatch(
                name(wide.name(), narrow.name()),
                narrow.uri().or(wide::uri),
                narrow.ignoreUriCase(),
                narrow.scheme().or(wide::scheme),
                narrow.method().or(wide::method),
                narrow.authority().or(wide::authority),
                both(wide.headers(), narrow.headers()),
                both(wide.withoutHeaders(), narrow.withoutHeaders()),
                both(wide.queryParams(), narrow.queryParams()),
                narrow.port().isPresent() ? narrow.port() : wide.port(),
                both(wide.sourceLabels(), narrow.sourceLabels()),
                narrow.sourceNamespace().or(wide::sourceNamespace),
                narrow.gateways().isEmpty() ? wide.gateways() : narrow.gateways(),
                narrow.statPrefix().or(wide::statPrefix));
    }

    private static <T> Map<String, T> both(Map<String, T> wide, Map<String, T> narrow) {
        Map<String, T> both = new HashMap<>(wide);
        both.putAll(narrow);
        return Map.copyOf(both);
    }

    private static boolean conflict(HttpMatch wide, HttpMatch narrow) {
        return outside(wide.uri(), narrow.uri())
                || outside(wide.scheme(), narrow.scheme())
                || outside(wide.method(), narrow.method())
                || outside(wide.authority(), narrow.authority())
                || anyOutside(wide.headers(), narrow.headers())
                || anyOutside(wide.withoutHeaders(), narrow.withoutHeaders())
                || anyOutside(wide.queryParams(), narrow.queryParams())
                || wide.ignoreUriCase() != narrow.ignoreUriCase()
                || (wide.port().isPresent()
                        && narrow.port().isPresent()
                        && !wide.port().equals(narrow.port()));
    }

    private static boolean anyOutside(
            Map<String, Optional<StringMatch>> wide, Map<String, Optional<StringMatch>> narrow) {
        return narrow.entrySet().stream()
                .anyMatch(entry ->
                        wide.containsKey(entry.getKey()) && outside(wide.get(entry.getKey()), entry.getValue()));
    }

    /** Whether the narrow condition takes what the wide one does not; regexes cannot be compared. */
    private static boolean outside(Optional<StringMatch> wide, Optional<StringMatch> narrow) {
        if (wide.isEmpty() || narrow.isEmpty()) {
            return false;
        }
        StringMatch outer = wide.get();
        StringMatch inner = narrow.get();
        if (outer.kind() == StringMatch.Kind.REGEX || inner.kind() == StringMatch.Kind.REGEX) {
            return true;
        }
        return outer.kind() == StringMatch.Kind.EXACT
                ? !outer.equals(inner)
                : !inner.value().startsWith(outer.value());
    }
}
