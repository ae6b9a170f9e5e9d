package io.inmesh.client.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * An RE2 program that decides in linear time whether a whole text matches. What a pattern may cost is bounded before it is
 * compiled, because patterns are remote input. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/regex.proto">Envoy, RegexMatcher</a>
 */
public final class Regex {

    /** Istio's own bound, {@code re2.max_program_size.error_level} in the bootstrap of its proxies. */
    static final int MAX_PROGRAM_SIZE = 32_768;

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException if it is not RE2 syntax or its program is too large; the message is meant for operators
     */
    public static Regex compile(String text) {
        if (RegexCost.of(text) > MAX_PROGRAM_SIZE) {
            throw new IllegalArgumentException(
                    "regex program is larger than " + MAX_PROGRAM_SIZE + ": " + shortened(text));
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("regex is not RE2: " + e.getMessage(), e);
        }
        if (pattern.programSize() > MAX_PROGRAM_SIZE) {
            throw new IllegalArgumentException(
                    "regex program is larger than " + MAX_PROGRAM_SIZE + ": " + shortened(text));
        }
        return new Regex(pattern);
    }

    /** How many instructions it takes. */
    public int programSize() {
        return pattern.programSize();
    }

    /** Whether the whole text matches; RE2's full match, never a find. */
    public boolean matches(CharSequence text) {
        return pattern.matcher(text).matches();
    }

    /** Whether some part of the text matches; RE2's partial match. */
    public boolean occursIn(CharSequence text) {
        return pattern.matcher(text).find();
    }

    /** Replaces every match; {@code \1} in the substitution names a group, as in Envoy's {@code regex_rewrite}. */
    public String replaceAll(String text, String substitution) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder replaced = new StringBuilder(text.length() + substitution.length());
        int rest = 0;
        while (matcher.find()) {
            replaced.append(text, rest, matcher.start());
            append(replaced, matcher, substitution);
            rest = matcher.end();
        }
        return replaced.append(text, rest, text.length()).toString();
    }

    private static void append(StringBuilder replaced, Matcher matcher, String substitution) {
        for (int i = 0; i < substitution.length(); i++) {
            char c = substitution.charAt(i);
            if (c != '\\' || i + 1 == substitution.length()) {
                replaced.append(c);
                continue;
            }
            char escaped = substitution.charAt(++i);
            int group = escaped - '0';
            if (group < 0 || group > 9) {
                replaced.append(escaped);
            } else if (group <= matcher.groupCount() && matcher.group(group) != null) {
                replaced.append(matcher.group(group));
            }
        }
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
