package io.inmesh.xds.model;

import java.util.Objects;

/**
 * Replaces each match of an RE2 expression.
 *
 * @param regex compiled later; it may turn out to be invalid
 * @param substitution RE2's rewrite: {@code \1} is a group, {@code \\} a backslash
 */
public record RegexRewrite(String regex, String substitution) {

    public RegexRewrite {
        Objects.requireNonNull(regex, "regex");
        Objects.requireNonNull(substitution, "substitution");
    }
}
