package io.inmesh.client.authz;

import io.inmesh.client.authz.jwt.ClaimText;
import io.inmesh.client.authz.jwt.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a valid token.
 *
 * @param forward the token stays in the request
 * @param payloadHeader lower case; gets the payload as it came; empty for none
 * @param metadata the name of the claims for policies; empty for none
 * @param spaceDelimited claims whose text is a list for policies
 * @param claimHeaders claim, nested ones with dots, by header, lower case
 */
public record TokenOutput(
        boolean forward,
        String payloadHeader,
        String metadata,
        Set<String> spaceDelimited,
        Map<String, String> claimHeaders) {

    public TokenOutput {
        spaceDelimited = Set.copyOf(spaceDelimited);
        claimHeaders = Map.copyOf(claimHeaders);
    }

    /** Nobody but the mesh may say what these headers say. */
    void sanitize(InboundRequest request) {
        if (!payloadHeader.isEmpty()) {
            request.removeHeader(payloadHeader);
        }
        for (String header : claimHeaders.keySet()) {
            request.removeHeader(header);
        }
    }

    void apply(Token token, TokenLocation location, InboundRequest request) {
        if (!payloadHeader.isEmpty()) {
            request.addHeader(payloadHeader, token.payload());
        }
        claimHeaders.forEach((header, claim) -> {
            String text = ClaimText.of(claim(token.claims(), claim));
            if (!text.isEmpty()) {
                request.addHeader(header, text);
            }
        });
        if (!forward) {
            location.remove(request);
        }
        if (!metadata.isEmpty()) {
            request.putTokenMetadata(metadata, normalized(token.claims()));
        }
    }

    /** A claim of the whole name, or a nested one by its dots. */
    private static @Nullable Object claim(Map<?, ?> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> nested
                ? claim(nested, name.substring(dot + 1))
                : null;
    }

    private Map<String, Object> normalized(Map<String, Object> claims) {
        if (spaceDelimited.isEmpty()) {
            return claims;
        }
        Map<String, Object> normalized = new LinkedHashMap<>(claims);
        for (String name : spaceDelimited) {
            if (claims.get(name) instanceof String text) {
                normalized.put(name, words(text));
            }
        }
        return normalized;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
