package io.inmesh.client.authz.jwt;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A JSON Web Token, read and not yet believed. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 */
public final class Token {

    private final CompactJws jws;
    private final Map<String, Object> claims;
    private final TokenClaims known;

    private Token(CompactJws jws, Map<String, Object> claims) throws InvalidTokenException {
        this.jws = jws;
        this.claims = Collections.unmodifiableMap(claims);
        this.known = TokenClaims.of(claims);
    }

    /**
     * Reads a token.
     *
     * @throws InvalidTokenException with the status that Envoy answers with
     */
    public static Token parse(String compact) throws InvalidTokenException {
        CompactJws jws = CompactJws.parse(compact);
        if (jws.payload().isEmpty()) {
            throw new InvalidTokenException(TokenStatus.BAD_FORMAT);
        }
        Map<String, Object> claims = Json.object(jws.payloadBytes());
        if (claims == null) {
            throw new InvalidTokenException(TokenStatus.PAYLOAD_JSON);
        }
        return new Token(jws, claims);
    }

    /** The {@code iss} claim; empty without one. */
    public String issuer() {
        return known.issuer();
    }

    /** Every claim, as JSON: text, numbers, truth values, lists, objects, nulls. */
    public Map<String, Object> claims() {
        return claims;
    }

    /** The middle part, base64url as it came. */
    public String payload() {
        return jws.payload();
    }

    List<String> audiences() {
        return known.audiences();
    }

    TokenStatus checkTime(long epochSecond, long skewSeconds) {
        return known.checkTime(epochSecond, skewSeconds);
    }

    CompactJws jws() {
        return jws;
    }
}
