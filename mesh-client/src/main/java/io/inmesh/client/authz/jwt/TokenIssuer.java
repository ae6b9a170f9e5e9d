package io.inmesh.client.authz.jwt;

import org.jspecify.annotations.Nullable;

/**
 * Who may have issued a token, for whom, and with which keys. Thread-safe.
 *
 * @param issuer the {@code iss} that is asked for; empty: any
 * @param clockSkewSeconds by which {@code exp} and {@code nbf} may be missed
 */
public record TokenIssuer(String issuer, Audiences audiences, KeySource keys, long clockSkewSeconds) {

    /** Whether it may have issued a token that says so. */
    public boolean issues(String claimed) {
        return issuer.isEmpty() || issuer.equals(claimed);
    }

    /**
     * Reads a token; one that these keys verified before is not read again.
     *
     * @throws InvalidTokenException if it is none
     */
    public Token read(String compact) throws InvalidTokenException {
        KeySet current = keys.current();
        Token known = current == null ? null : current.known(compact);
        return known == null ? Token.parse(compact) : known;
    }

    /**
     * Checks time, audience and signature, in Envoy's order.
     *
     * @param instead audiences in place of this issuer's; null for its own
     */
    public TokenStatus check(Token token, long epochSecond, @Nullable Audiences instead) {
        TokenStatus time = token.checkTime(epochSecond, clockSkewSeconds);
        if (time != TokenStatus.OK) {
            return time;
        }
        if (!(instead == null ? audiences : instead).allow(token.audiences())) {
            return TokenStatus.AUDIENCE;
        }
        return verify(token);
    }

    private TokenStatus verify(Token token) {
        KeySet current = keys.current();
        if (current == null) {
            return TokenStatus.KEYS_NOT_FETCHED;
        }
        if (current.isEmpty()) {
            return TokenStatus.NO_KEYS;
        }
        if (current.known(token.jws().compact()) != null) {
            return TokenStatus.OK;
        }
        TokenStatus status = current.verify(token);
        if (status == TokenStatus.NO_SUCH_KEY) {
            keys.missed();
        }
        return status;
    }
}
