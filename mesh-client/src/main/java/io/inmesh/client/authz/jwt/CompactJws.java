package io.inmesh.client.authz.jwt;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed text in compact form, read and not yet believed. Keys that its header offers ({@code jwk}, {@code jku}, {@code x5u}) are
 * never looked at. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515">RFC 7515</a>
 */
final class CompactJws {

    private static final Set<String> ALGORITHMS = Set.of(
            "ES256", "ES384", "ES512", "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
            "EdDSA");

    private final String compact;
    private final String payload;
    private final byte[] signature;
    private final String algorithm;
    private final @Nullable String keyId;

    private CompactJws(String compact, String payload, byte[] signature, String algorithm, @Nullable String keyId) {
        this.compact = compact;
        this.payload = payload;
        this.signature = signature;
        this.algorithm = algorithm;
        this.keyId = keyId;
    }

    static CompactJws parse(String compact) throws InvalidTokenException {
        int first = compact.indexOf('.');
        int second = compact.indexOf('.', first + 1);
        boolean three = first > 0 && second > first && second < compact.length() - 1;
        if (!three || compact.indexOf('.', second + 1) >= 0) {
            throw new InvalidTokenException(TokenStatus.BAD_FORMAT);
        }
        byte[] header = bytes(compact.substring(0, first), TokenStatus.HEADER_BASE64);
        Map<String, Object> fields = Json.object(header);
        if (fields == null) {
            throw new InvalidTokenException(TokenStatus.HEADER_JSON);
        }
        return new CompactJws(
                compact,
                compact.substring(first + 1, second),
                bytes(compact.substring(second + 1), TokenStatus.SIGNATURE_BASE64),
                algorithm(fields),
                keyId(fields));
    }

    private static String algorithm(Map<String, Object> header) throws InvalidTokenException {
        if (!(header.get("alg") instanceof String algorithm)) {
            throw new InvalidTokenException(TokenStatus.HEADER_ALG);
        }
        if (!ALGORITHMS.contains(algorithm)) {
            throw new InvalidTokenException(TokenStatus.HEADER_ALG_UNKNOWN);
        }
        if (header.containsKey("crit")) {
            throw new InvalidTokenException(TokenStatus.HEADER_CRIT);
        }
        return algorithm;
    }

    private static @Nullable String keyId(Map<String, Object> header) throws InvalidTokenException {
        Object keyId = header.get("kid");
        if (keyId instanceof String text) {
            return text.isEmpty() ? null : text;
        }
        if (header.containsKey("kid")) {
            throw new InvalidTokenException(TokenStatus.HEADER_KID);
        }
        return null;
    }

    private static byte[] bytes(String part, TokenStatus bad) throws InvalidTokenException {
        byte[] bytes = Base64Url.decode(part);
        if (bytes == null) {
            throw new InvalidTokenException(bad);
        }
        return bytes;
    }

    /** As it came. */
    String compact() {
        return compact;
    }

    /** The middle part, base64url as it came. */
    String payload() {
        return payload;
    }

    byte[] payloadBytes() throws InvalidTokenException {
        return bytes(payload, TokenStatus.PAYLOAD_BASE64);
    }

    String algorithm() {
        return algorithm;
    }

    /** Null without one. */
    @Nullable
    String keyId() {
        return keyId;
    }

    byte[] signedBytes() {
        return compact.substring(0, compact.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    }

    byte[] signature() {
        return signature.clone();
    }
}
