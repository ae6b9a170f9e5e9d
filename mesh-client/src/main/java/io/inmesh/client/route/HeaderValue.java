package io.inmesh.client.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a header is set to. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/advanced/substitution_formatter">Envoy, substitution
 *     formatting</a>
 */
public sealed interface HeaderValue {

    /** Empty if nothing of it is known. */
    String text(HeaderContext context);

    record Fixed(String text) implements HeaderValue {
        @Override
        public String text(HeaderContext context) {
            return text;
        }
    }

    /** Several values one behind the other. */
    record Joined(List<HeaderValue> parts) implements HeaderValue {

        public Joined {
            parts = List.copyOf(parts);
        }

        @Override
        public String text(HeaderContext context) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                text.append(parts.get(i).text(context));
            }
            return text.toString();
        }
    }

    /**
     * A header of the request or of the answer.
     *
     * @param otherwise the header whose value counts if there is none of the name; null if there is no other
     * @param length at most so many characters
     */
    record OfHeader(
            boolean ofRequest, String name, @Nullable String otherwise, int length) implements HeaderValue {

        @Override
        public String text(HeaderContext context) {
            String value = value(context, name);
            if (value == null && otherwise != null) {
                value = value(context, otherwise);
            }
            if (value == null) {
                return "";
            }
            return value.length() > length ? value.substring(0, length) : value;
        }

        private @Nullable String value(HeaderContext context, String header) {
            return ofRequest ? context.requestHeader(header) : context.responseHeader(header);
        }
    }

    record OfCall(HeaderContext.Fact fact) implements HeaderValue {
        @Override
        public String text(HeaderContext context) {
            return context.fact(fact);
        }
    }
}
