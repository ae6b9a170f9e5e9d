package io.inmesh.client.authz.jwt;

/**
 * What became of a token, or of none. The texts are Envoy's, because they are the body of its answer.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/jwt_authn_filter">Envoy, JWT
 *     authentication</a>
 */
public enum TokenStatus {
    OK("OK"),
    MISSING("Jwt is missing"),
    NOT_YET_VALID("Jwt not yet valid"),
    EXPIRED("Jwt is expired"),
    BAD_FORMAT("Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections"),
    HEADER_BASE64("Jwt header is an invalid Base64url encoded"),
    HEADER_JSON("Jwt header is an invalid JSON"),
    HEADER_ALG("Jwt header [alg] field is required and must be a string"),
    HEADER_ALG_UNKNOWN("Jwt header [alg] is not supported"),
    HEADER_KID("Jwt header [kid] field is not a string"),
    /** Envoy does not look at it; RFC 7515 (4.1.11) asks to refuse what is not understood. */
    HEADER_CRIT("Jwt header [crit] is not supported"),
    PAYLOAD_BASE64("Jwt payload is an invalid Base64url encoded"),
    PAYLOAD_JSON("Jwt payload is an invalid JSON"),
    ISS_TYPE("Jwt payload [iss] field is not a string"),
    SUB_TYPE("Jwt payload [sub] field is not a string"),
    IAT_TYPE("Jwt payload [iat] field is not an integer"),
    IAT_RANGE("Jwt payload [iat] field is not a positive 64 bit integer"),
    NBF_TYPE("Jwt payload [nbf] field is not an integer"),
    NBF_RANGE("Jwt payload [nbf] field is not a positive 64 bit integer"),
    EXP_TYPE("Jwt payload [exp] field is not an integer"),
    EXP_RANGE("Jwt payload [exp] field is not a positive 64 bit integer"),
    JTI_TYPE("Jwt payload [jti] field is not a string"),
    AUD_TYPE("Jwt payload [aud] field is not a string or string list"),
    SIGNATURE_BASE64("Jwt signature is an invalid Base64url encoded"),
    UNKNOWN_ISSUER("Jwt issuer is not configured"),
    AUDIENCE("Audiences in Jwt are not allowed"),
    NOT_VERIFIED("Jwt verification fails"),
    NO_KEYS("Jwks doesn't have any valid public key"),
    NO_SUCH_KEY("Jwks doesn't have key to match kid or alg from Jwt"),
    KEYS_NOT_FETCHED("Jwks remote fetch is failed");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final String text;

    TokenStatus(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** The HTTP status of the answer. */
    public int httpStatus() {
        return this == AUDIENCE ? FORBIDDEN : UNAUTHORIZED;
    }
}
