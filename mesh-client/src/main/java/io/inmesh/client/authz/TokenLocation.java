package io.inmesh.client.authz;

import java.util.ArrayList;
import java.util.List;

/**
 * A place where tokens are looked for.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/jwt_authn/v3/config.proto#extensions-filters-http-jwt-authn-v3-jwtprovider">Envoy,
 *     JwtProvider</a>
 */
public sealed interface TokenLocation extends Comparable<TokenLocation> {

    /** Every token there. */
    List<String> tokens(InboundRequest request);

    /** Takes the token away, where that can be done; Envoy leaves cookies, and so do we. */
    void remove(InboundRequest request);

    /** Envoy's order: headers, parameters, cookies, each by name. */
    String order();

    @Override
    default int compareTo(TokenLocation other) {
        return order().compareTo(other.order());
    }

    /**
     * A header's lines.
     *
     * @param name lower case
     * @param prefix what stands before the token; a line without it is no token. Envoy finds it anywhere in the line
     */
    record Header(String name, String prefix) implements TokenLocation {

        @Override
        public List<String> tokens(InboundRequest request) {
            List<String> lines = lines(request);
            List<String> tokens = new ArrayList<>(lines.size());
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                int at = line.indexOf(prefix);
                if (at >= 0) {
                    tokens.add(prefix.isEmpty() ? line : after(line, at + prefix.length()));
                }
            }
            return tokens;
        }

        /** Several lines of the one header that HTTP does not allow twice are one line to Envoy, and so no token. */
        private List<String> lines(InboundRequest request) {
            List<String> lines = request.head().headerValues(name);
            return lines.size() > 1 && name.equals("authorization") ? List.of(String.join(",", lines)) : lines;
        }

        private static String after(String line, int from) {
            for (int i = from; i < line.length(); i++) {
                char c = line.charAt(i);
                boolean ofToken = c == '.' || c == '-' || c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
                if (ofToken) {
                    return line.substring(i);
                }
            }
            return line;
        }

        @Override
        public void remove(InboundRequest request) {
            request.removeHeader(name);
        }

        @Override
        public String order() {
            return "1" + name + prefix;
        }
    }

    /** A query parameter. */
    record Parameter(String name) implements TokenLocation {

        @Override
        public List<String> tokens(InboundRequest request) {
            return QueryParameters.values(request.target(), name);
        }

        @Override
        public void remove(InboundRequest request) {
            request.removeParameter(name);
        }

        @Override
        public String order() {
            return "2" + name;
        }
    }

    /** A cookie. */
    record Cookie(String name) implements TokenLocation {

        @Override
        public List<String> tokens(InboundRequest request) {
            List<String> tokens = new ArrayList<>(1);
            for (String line : request.head().headerValues("cookie")) {
                for (String pair : line.split(";", -1)) {
                    int equals = pair.indexOf('=');
                    if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
                        tokens.add(unquoted(pair.substring(equals + 1).strip()));
                    }
                }
            }
            return tokens;
        }

        private static String unquoted(String value) {
            boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
            return quoted ? value.substring(1, value.length() - 1) : value;
        }

        @Override
        public void remove(InboundRequest request) {
            // Envoy forwards cookies as they are.
        }

        @Override
        public String order() {
            return "3" + name;
        }
    }
}
