package io.inmesh.control.config;

import java.util.Optional;

/** What a route changes in the request line and host before it forwards. */
public record Rewrite(Optional<String> uri, Optional<String> authority, Optional<RegexRewrite> uriRegexRewrite) {

    /** RE2 pattern and replacement with {@code \1}. */
    public record RegexRewrite(String match, String rewrite) {
        static RegexRewrite read(Fields regex) {
            String match = regex.required("match");
            Regexes.check(regex, "match", match);
            return new RegexRewrite(match, regex.text("rewrite").orElse(""));
        }
    }

    static Rewrite read(Fields rewrite) {
        return new Rewrite(
                rewrite.text("uri"), rewrite.text("authority"), rewrite.object("uriRegexRewrite", RegexRewrite::read));
    }
}
