package io.inmesh.client.authz;

import io.inmesh.xds.model.CidrRange;
import java.util.List;
import java.util.function.Predicate;

/**
 * A compiled permission or principal. Envoy keeps the two apart; what they ask is the same kind of question. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/rbac/v3/rbac.proto">Envoy, RBAC</a>
 */
public interface Rule {

    /** Matches everything. */
    Rule ANY = request -> Certainty.YES;

    /** Matches nothing, such as a header where there are only bytes. */
    Rule NONE = request -> Certainty.NO;

    Certainty matches(InboundRequest request);

    /** Every one matches; none at all is refused by Envoy's own validation and matches here too. */
    static Rule and(List<Rule> rules) {
        List<Rule> all = List.copyOf(rules);
        return request -> {
            Certainty result = Certainty.YES;
            for (int i = 0; i < all.size() && result != Certainty.NO; i++) {
                result = result.and(all.get(i).matches(request));
            }
            return result;
        };
    }

    /** At least one matches. */
    static Rule or(List<Rule> rules) {
        List<Rule> all = List.copyOf(rules);
        return request -> {
            Certainty result = Certainty.NO;
            for (int i = 0; i < all.size() && result != Certainty.YES; i++) {
                result = result.or(all.get(i).matches(request));
            }
            return result;
        };
    }

    static Rule not(Rule rule) {
        return request -> rule.matches(request).not();
    }

    /** A part that we cannot judge: never lets a request through an ALLOW policy, always lets a DENY policy strike. */
    static Rule unsupported() {
        return request -> Certainty.UNKNOWN;
    }

    /** The path without its query: certain if what Envoy would match and what the handler is dispatched by agree. */
    static Rule urlPath(Predicate<String> path) {
        return request -> {
            InboundPath forms = request.path();
            boolean canonical = path.test(forms.canonical());
            if (forms.isPlain()) {
                return Certainty.of(canonical);
            }
            boolean sent = path.test(forms.sent());
            boolean some = canonical || sent || path.test(forms.decoded());
            return canonical && sent ? Certainty.YES : some ? Certainty.UNKNOWN : Certainty.NO;
        };
    }

    /** The destination port is at least the first and below the second. */
    static Rule destinationPort(int from, int until) {
        return request -> {
            int port = request.connection().destinationPort();
            return Certainty.of(port >= from && port < until);
        };
    }

    static Rule destinationAddress(CidrRange range) {
        return request ->
                Certainty.of(range.contains(request.connection().local().getAddress()));
    }

    /** The peer's end of the socket, whatever any header says. */
    static Rule directRemoteAddress(CidrRange range) {
        return request ->
                Certainty.of(range.contains(request.connection().remote().getAddress()));
    }

    /** The address that {@code x-forwarded-for} names, or without one the peer's. */
    static Rule remoteAddress(CidrRange range, ForwardedFor forwarded) {
        return request -> Certainty.of(range.contains(forwarded.remoteAddress(request)));
    }

    /** The server name of the ClientHello; the empty one without it, as in Envoy. */
    static Rule serverName(Predicate<String> name) {
        return request -> {
            String asked = request.connection().serverName();
            return Certainty.of(name.test(asked == null ? "" : asked));
        };
    }

    /** Any peer that proved a certificate. */
    static Rule authenticated() {
        return request -> Certainty.of(request.connection().peer() != null);
    }

    /** A peer whose certificate has a matching name. */
    static Rule authenticated(Predicate<String> name) {
        return request -> {
            PeerCertificate peer = request.connection().peer();
            return Certainty.of(peer != null && anyMatches(peer.principalNames(), name));
        };
    }

    private static boolean anyMatches(List<String> names, Predicate<String> name) {
        boolean matches = false;
        for (int i = 0; i < names.size() && !matches; i++) {
            matches = name.test(names.get(i));
        }
        return matches;
    }

    /**
     * What the JWT filter found out.
     *
     * @param path the names from the outside in, the first one being that of the claims
     * @param value decides; it is given null where there is no value
     */
    static Rule token(List<String> path, ValueRule value) {
        return new TokenRule(path, value);
    }

    /**
     * A header's value.
     *
     * @param missingAsEmpty whether an absent header has the empty value; else it matches nothing
     */
    static Rule header(String name, Predicate<String> value, boolean missingAsEmpty) {
        return new HeaderRule(name, value, missingAsEmpty);
    }

    /** A header's presence. */
    static Rule headerPresent(String name) {
        return request -> {
            boolean present = HeaderRule.value(request, name) != null;
            return present && ConnectionOptions.names(request.head(), name) ? Certainty.UNKNOWN : Certainty.of(present);
        };
    }
}
