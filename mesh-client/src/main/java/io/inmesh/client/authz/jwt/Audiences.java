package io.inmesh.client.authz.jwt;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The audiences that a token may be meant for. As in Envoy, {@code https://a/}, {@code http://a} and {@code a} are one audience.
 *
 * @param names without scheme and last slash; none: whatever audience
 */
public record Audiences(Set<String> names) {

    public Audiences {
        names = Set.copyOf(names);
    }

    /** The audiences that somebody wrote. */
    public static Audiences of(Collection<String> written) {
        return new Audiences(written.stream().map(Audiences::plain).collect(Collectors.toSet()));
    }

    boolean allow(List<String> ofToken) {
        boolean allowed = names.isEmpty();
        for (int i = 0; i < ofToken.size() && !allowed; i++) {
            allowed = names.contains(plain(ofToken.get(i)));
        }
        return allowed;
    }

    private static String plain(String audience) {
        String plain = audience;
        if (plain.startsWith("http://")) {
            plain = plain.substring("http://".length());
        } else if (plain.startsWith("https://")) {
            plain = plain.substring("https://".length());
        }
        return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
