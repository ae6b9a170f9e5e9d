package io.inmesh.control.config;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Refuses a regular expression that RE2 would refuse, because one such expression would make every client refuse the whole list of
 * routes that it stands in.
 */
final class Regexes {

    private static final int LONGEST = 1024;
    private static final int DEEPEST = 50;
    private static final Pattern NOT_RE2 = Pattern.compile("\\(\\?(=|!|<=|<!|>)|\\\\[1-9]|\\\\k<|[*+?}]\\+");

    private Regexes() {}

    static void check(Fields fields, String name, String regex) {
        if (regex.isEmpty() || regex.length() > LONGEST || depth(regex) > DEEPEST) {
            throw fields.invalid(
                    name,
                    "a regular expression has 1 to " + LONGEST + " characters and " + DEEPEST + " levels at most");
        }
        if (NOT_RE2.matcher(regex.replace("\\\\", "")).find()) {
            throw fields.invalid(name, "look-around, back references and possessive quantifiers are not RE2");
        }
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException invalid) {
            throw fields.invalid(name, "not a regular expression: " + invalid.getDescription());
        }
    }

    private static int depth(String regex) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '(') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == ')') {
                depth--;
            }
        }
        return deepest;
    }
}
