package io.inmesh.client.authz;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A compiled condition on a JSON value: text, number, truth value, list, object or null. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/value.proto">Envoy, ValueMatcher</a>
 */
public interface ValueRule {

    /** JSON's null, as opposed to no value at all. */
    Object JSON_NULL = new Object();

    /** Null where there is no value. */
    Certainty matches(@Nullable Object value);

    /** A condition that we cannot judge. */
    static ValueRule unsupported() {
        return value -> Certainty.UNKNOWN;
    }

    static ValueRule text(Predicate<String> text) {
        return value -> Certainty.of(value instanceof String found && text.test(found));
    }

    static ValueRule bool(boolean wanted) {
        return value -> Certainty.of(Boolean.valueOf(wanted).equals(value));
    }

    static ValueRule isNull() {
        return value -> Certainty.of(value == JSON_NULL);
    }

    /** A number from the first, and below the second. */
    static ValueRule range(double from, double until) {
        return value -> Certainty.of(
                value instanceof Number number && number.doubleValue() >= from && number.doubleValue() < until);
    }

    static ValueRule number(double wanted) {
        return value -> Certainty.of(value instanceof Number number && number.doubleValue() == wanted);
    }

    static ValueRule present(boolean wanted) {
        return value -> Certainty.of((value != null) == wanted);
    }

    /** A list of which an element matches. */
    static ValueRule oneOf(ValueRule element) {
        return value -> {
            Certainty result = Certainty.NO;
            if (value instanceof List<?> list) {
                for (int i = 0; i < list.size() && result != Certainty.YES; i++) {
                    result = result.or(element.matches(list.get(i) == null ? JSON_NULL : list.get(i)));
                }
            }
            return result;
        };
    }

    static ValueRule or(List<ValueRule> rules) {
        List<ValueRule> all = List.copyOf(rules);
        return value -> {
            Certainty result = Certainty.NO;
            for (int i = 0; i < all.size() && result != Certainty.YES; i++) {
                result = result.or(all.get(i).matches(value));
            }
            return result;
        };
    }
}
