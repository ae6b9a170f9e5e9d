package io.inmesh.control.analysis.schema;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far a value may go.
 *
 * @param least of a number
 * @param most of a number
 * @param shortest length of a text, of a list or of an object with free keys
 * @param longest as {@code shortest}
 * @param pattern that a text must contain; empty for any
 * @param allowed values of a text; empty for any
 * @param format of OpenAPI, such as {@code int32}; empty for any
 */
record Limits(
        OptionalDouble least,
        OptionalDouble most,
        OptionalLong shortest,
        OptionalLong longest,
        String pattern,
        List<String> allowed,
        String format) {

    static final Limits NONE = new Limits(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            "",
            List.of(),
            "");

    Limits withLength(OptionalLong least, OptionalLong most) {
        return new Limits(this.least, this.most, least, most, pattern, allowed, format);
    }

    Limits withRange(OptionalDouble from, OptionalDouble to) {
        return new Limits(from, to, shortest, longest, pattern, allowed, format);
    }

    Limits withPattern(String wanted) {
        return new Limits(least, most, shortest, longest, wanted, allowed, format);
    }

    Limits withAllowed(List<String> values) {
        return new Limits(least, most, shortest, longest, pattern, List.copyOf(values), format);
    }

    Limits withFormat(String wanted) {
        return new Limits(least, most, shortest, longest, pattern, allowed, wanted);
    }
}
