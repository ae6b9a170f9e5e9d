package io.inmesh.conformance.inbound;

import io.inmesh.testkit.TestTokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rows cannot write because it is made anew in each run: {@code JWKS(a)}, {@code NOW+60} and
 * {@code TOKEN(a, claims)} or {@code TOKEN(a, header, claims)} with JSON objects.
 */
final class Placeholders {

    private static final Pattern NOW = Pattern.compile("NOW([+-][0-9]+)");
    private static final Pattern JWKS = Pattern.compile("JWKS\\(([a-z+]+)\\)");
    private static final Pattern TOKEN = Pattern.compile("TOKEN\\(([a-z]+), (?:(\\S+), )?(\\S+?)\\)");

    private final TestTokens a = TestTokens.rsa("a");
    private final Map<String, String> made = new HashMap<>();
    private final Map<String, TestTokens> issuers =
            Map.of("a", a, "b", TestTokens.ec("b"), "evil", TestTokens.rsa("a"), "second", TestTokens.rsa("second"));

    String fill(String text) {
        long now = Instant.now().getEpochSecond();
        String timed = NOW.matcher(text).replaceAll(match -> String.valueOf(now + Long.parseLong(match.group(1))));
        String keyed = JWKS.matcher(timed).replaceAll(match -> Matcher.quoteReplacement(jwks(match.group(1))));
        return TOKEN.matcher(keyed).replaceAll(match -> Matcher.quoteReplacement(token(match)));
    }

    private String jwks(String names) {
        StringBuilder keys = new StringBuilder();
        for (String name : names.split("\\+", -1)) {
            keys.append(keys.isEmpty() ? "" : ",")
                    .append(Objects.requireNonNull(issuers.get(name)).jwk());
        }
        return "{\"keys\":[" + keys + "]}";
    }

    private String token(MatchResult match) {
        // Signatures on curves are never the same twice, and a challenge tells the query in which one came.
        return made.computeIfAbsent(match.group(), text -> {
            TestTokens issuer = Objects.requireNonNull(issuers.get(match.group(1)));
            return match.group(2) == null ? issuer.token(match.group(3)) : issuer.token(match.group(2), match.group(3));
        });
    }
}
