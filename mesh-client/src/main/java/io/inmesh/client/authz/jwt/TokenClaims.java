package io.inmesh.client.authz.jwt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registered claims of a token, checked for their types as Envoy does.
 *
 * @param notBefore seconds since the epoch; null without the claim
 * @param expires seconds since the epoch; null without the claim
 */
record TokenClaims(
        String issuer,
        List<String> audiences,
        @Nullable Long notBefore,
        @Nullable Long expires) {

    /** Beyond it, seconds are no time that any clock shows, and sums with a skew would overflow. */
    private static final double MOST_SECONDS = Long.MAX_VALUE / 4.0;

    static TokenClaims of(Map<String, Object> claims) throws InvalidTokenException {
        String issuer = text(claims, "iss", TokenStatus.ISS_TYPE);
        text(claims, "sub", TokenStatus.SUB_TYPE);
        seconds(claims, "iat", TokenStatus.IAT_TYPE, TokenStatus.IAT_RANGE);
        Long notBefore = seconds(claims, "nbf", TokenStatus.NBF_TYPE, TokenStatus.NBF_RANGE);
        Long expires = seconds(claims, "exp", TokenStatus.EXP_TYPE, TokenStatus.EXP_RANGE);
        text(claims, "jti", TokenStatus.JTI_TYPE);
        return new TokenClaims(issuer, audiences(claims), notBefore, expires);
    }

    /** The last second that counts is the one of the claim plus the skew. */
    TokenStatus checkTime(long epochSecond, long skewSeconds) {
        if (notBefore != null && epochSecond + skewSeconds < notBefore) {
            return TokenStatus.NOT_YET_VALID;
        }
        return expires != null && epochSecond > expires + skewSeconds ? TokenStatus.EXPIRED : TokenStatus.OK;
    }

    private static String text(Map<String, Object> claims, String name, TokenStatus otherType)
            throws InvalidTokenException {
        if (!claims.containsKey(name)) {
            return "";
        }
        if (claims.get(name) instanceof String text) {
            return text;
        }
        throw new InvalidTokenException(otherType);
    }

    private static @Nullable Long seconds(
            Map<String, Object> claims, String name, TokenStatus otherType, TokenStatus outOfRange)
            throws InvalidTokenException {
        if (!claims.containsKey(name)) {
            return null;
        }
        if (!(claims.get(name) instanceof Number number)) {
            throw new InvalidTokenException(otherType);
        }
        double seconds = number.doubleValue();
        if (!(seconds >= 0 && seconds < MOST_SECONDS)) {
            throw new InvalidTokenException(outOfRange);
        }
        return number.longValue();
    }

    private static List<String> audiences(Map<String, Object> claims) throws InvalidTokenException {
        Object audience = claims.get("aud");
        if (audience == null && !claims.containsKey("aud")) {
            return List.of();
        }
        if (audience instanceof String text) {
            return List.of(text);
        }
        if (!(audience instanceof List<?> list)) {
            throw new InvalidTokenException(TokenStatus.AUD_TYPE);
        }
        List<String> texts = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof String text)) {
                throw new InvalidTokenException(TokenStatus.AUD_TYPE);
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }
}
