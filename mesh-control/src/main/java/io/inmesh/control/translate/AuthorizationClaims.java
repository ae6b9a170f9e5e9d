package io.inmesh.control.translate;

import io.inmesh.xds.envoy.Matchers.ListMatcher;
import io.inmesh.xds.envoy.Matchers.MetadataMatcher;
import io.inmesh.xds.envoy.Matchers.OrMatcher;
import io.inmesh.xds.envoy.Matchers.PathSegment;
import io.inmesh.xds.envoy.Matchers.ValueMatcher;
import io.inmesh.xds.envoy.Rbacs.Principal;
import io.inmesh.xds.envoy.Rbacs.PrincipalSet;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Conditions on the claims of tokens as Envoy's conditions on what its JWT filter found out. */
final class AuthorizationClaims {

    private static final String FILTER = "envoy.filters.http.jwt_authn";
    private static final String PAYLOAD = "payload";
    private static final String CLAIMS = "request.auth.claims";

    /** The claim that an attribute is about, from the outside in; empty if it is none. */
    static List<String> path(String key) {
        if (key.equals("request.auth.audiences")) {
            return List.of("aud");
        } else if (key.equals("request.auth.presenter")) {
            return List.of("azp");
        } else if (!key.startsWith(CLAIMS + "[") || !key.endsWith("]")) {
            return List.of();
        }
        return List.of(key.substring(CLAIMS.length() + 1, key.length() - 1).split("\\]\\[", -1));
    }

    /**
     * Istio's request principal: issuer and subject with a slash in between. A star at either end stands for any text there, and in
     * the place of a whole part for any that is not empty.
     */
    Message principal(String written) {
        int slash = written.lastIndexOf('/');
        String issuer = slash < 0 ? written : written.substring(0, slash);
        String subject = slash < 0 ? "" : written.substring(slash + 1);
        if (slash < 0 && written.startsWith("*")) {
            issuer = "*";
            subject = written;
        } else if (slash < 0 && written.endsWith("*")) {
            subject = "*";
        }
        boolean front = written.startsWith("*");
        boolean back = !front && written.endsWith("*");
        return Message.of(Principal.TYPE)
                .with(
                        Principal.AND_IDS,
                        Message.of(PrincipalSet.TYPE)
                                .with(
                                        PrincipalSet.IDS,
                                        List.of(
                                                text("iss", part(issuer, front || (back && slash < 0))),
                                                text("sub", part(subject, back || (front && slash < 0))))));
    }

    /** A star counts only at the end of the whole text that was written. */
    private static Message part(String text, boolean wildcards) {
        return wildcards ? StringMatches.wildcard(text) : StringMatches.exact(text);
    }

    /** The claim has one of the values, or is a list that holds one. */
    Message claim(List<String> path, List<String> values) {
        List<Message> texts = values.stream()
                .map(value ->
                        Message.of(ValueMatcher.TYPE).with(ValueMatcher.STRING_MATCH, StringMatches.wildcard(value)))
                .toList();
        Message text = texts.size() == 1 ? texts.get(0) : or(texts);
        Message list = Message.of(ValueMatcher.TYPE)
                .with(ValueMatcher.LIST_MATCH, Message.of(ListMatcher.TYPE).with(ListMatcher.ONE_OF, text));
        return metadata(path, or(List.of(list, text)));
    }

    private static Message text(String claim, Message match) {
        return metadata(List.of(claim), Message.of(ValueMatcher.TYPE).with(ValueMatcher.STRING_MATCH, match));
    }

    private static Message or(List<Message> values) {
        return Message.of(ValueMatcher.TYPE)
                .with(ValueMatcher.OR_MATCH, Message.of(OrMatcher.TYPE).with(OrMatcher.VALUE_MATCHERS, values));
    }

    private static Message metadata(List<String> path, Message value) {
        List<Message> segments = new ArrayList<>();
        Stream.concat(Stream.of(PAYLOAD), path.stream())
                .forEach(key -> segments.add(Message.of(PathSegment.TYPE).with(PathSegment.KEY, key)));
        return Message.of(Principal.TYPE)
                .with(
                        Principal.METADATA,
                        Message.of(MetadataMatcher.TYPE)
                                .with(MetadataMatcher.FILTER, FILTER)
                                .with(MetadataMatcher.PATH, segments)
                                .with(MetadataMatcher.VALUE, value));
    }
}
