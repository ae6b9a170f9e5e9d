package io.inmesh.control.jwks;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenID Connect discovery: one field of one document.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery</a>
 */
final class Discovery {

    /** A URI needs no escape in JSON but that of its slashes; whatever else is escaped is not taken. */
    private static final Pattern JWKS_URI =
            Pattern.compile("\"jwks_uri\"\\s*:\\s*\"((?:[^\"\\\\\\p{Cntrl}]|\\\\/){1,2048})\"");

    private Discovery() {}

    static URI keysOf(String document) throws IOException {
        Matcher found = JWKS_URI.matcher(document);
        if (!found.find()) {
            throw new IOException("a discovery document without jwks_uri");
        }
        String uri = found.group(1).replace("\\/", "/");
        if (found.find()) {
            throw new IOException("a discovery document with more than one jwks_uri");
        }
        try {
            return URI.create(uri);
        } catch (IllegalArgumentException noUri) {
            throw new IOException("a discovery document whose jwks_uri is none", noUri);
        }
    }
}
