package io.inmesh.client.authz;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides on a claim of a valid token. Immutable. */
record TokenRule(List<String> path, ValueRule value) implements Rule {

    TokenRule {
        path = List.copyOf(path);
    }

    @Override
    public Certainty matches(InboundRequest request) {
        return value.matches(find(request.tokenMetadata()));
    }

    private @Nullable Object find(@Nullable Map<String, Object> claims) {
        Object at = claims;
        for (int i = 0; i < path.size(); i++) {
            if (!(at instanceof Map<?, ?> object) || !object.containsKey(path.get(i))) {
                return null;
            }
            Object next = object.get(path.get(i));
            at = next == null ? ValueRule.JSON_NULL : next;
        }
        return at;
    }
}
