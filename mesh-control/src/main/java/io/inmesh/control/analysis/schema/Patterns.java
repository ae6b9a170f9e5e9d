package io.inmesh.control.analysis.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Compiled regular expressions of schemas; RE2's, which no text can make slow. Safe for use by several threads. */
public final class Patterns {

    private static final int LONGEST = 4096;

    private final Map<String, Optional<Pattern>> compiled = new ConcurrentHashMap<>();

    /** Tells whether a text contains the pattern; one that cannot be compiled matches nothing. */
    boolean find(String pattern, String text) {
        return compiled.computeIfAbsent(pattern, Patterns::compile)
                .filter(regex -> regex.matcher(text).find())
                .isPresent();
    }

    private static Optional<Pattern> compile(String pattern) {
        try {
            return pattern.length() > LONGEST ? Optional.empty() : Optional.of(Pattern.compile(pattern));
        } catch (PatternSyntaxException invalid) {
            return Optional.empty();
        }
    }
}
