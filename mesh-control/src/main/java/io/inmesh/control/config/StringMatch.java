package io.inmesh.control.config;

import io.inmesh.control.yaml.InvalidResourceException;
import java.util.Locale;

/**
 * Istio's StringMatch.
 *
 * @param value the text; a regular expression is RE2 and matches the whole value
 */
public record StringMatch(Kind kind, String value) {

    /** How the value is compared. */
    public enum Kind {
        EXACT,
        PREFIX,
        REGEX
    }

    static StringMatch read(Fields fields) {
        StringMatch found = null;
        for (Kind kind : Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            if (fields.text(name).isPresent()) {
                if (found != null) {
                    throw fields.invalid(name, "only one of exact, prefix and regex may be set");
                }
                found = new StringMatch(kind, fields.text(name).get());
                if (kind == Kind.REGEX) {
                    Regexes.check(fields, name, found.value());
                }
            }
        }
        if (found == null) {
            throw new InvalidResourceException(
                    fields.origin(), fields.path(), "one of exact, prefix and regex must be set");
        }
        return found;
    }
}
