package io.inmesh.xds.model.jwt;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An issuer of tokens.
 *
 * @param issuer the {@code iss} claim asked for; empty: any
 * @param audiences at least one must be in {@code aud}; empty: any
 * @param from where tokens are looked for
 * @param output what becomes of a valid token
 * @param clockSkew allowed in {@code exp} and {@code nbf}; one minute by default
 * @param unsupported fields that Inmesh does not know. If not empty, no token of this provider is valid
 */
public record JwtProvider(
        String issuer,
        List<String> audiences,
        Jwks jwks,
        Sources from,
        Output output,
        Duration clockSkew,
        List<String> unsupported) {

    public JwtProvider {
        Objects.requireNonNull(issuer, "issuer");
        audiences = List.copyOf(audiences);
        Objects.requireNonNull(jwks, "jwks");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(clockSkew, "clockSkew");
        unsupported = List.copyOf(unsupported);
    }

    /** The keys. */
    public sealed interface Jwks {

        /** A JWKS document. */
        record Inline(String json) implements Jwks {}

        /** A JWKS document in a file. */
        record File(String path) implements Jwks {}

        /** A JWKS document to fetch through a cluster. */
        record Remote(String uri, String cluster, Duration timeout, Duration cacheDuration) implements Jwks {}

        /** No keys that we could use; no token is valid. */
        record Unsupported(String field) implements Jwks {}
    }

    /**
     * Where tokens are looked for. If all are empty: {@code Authorization: Bearer} and the parameter {@code access_token}.
     *
     * @param headers names, lower case, with the text before the token
     */
    public record Sources(List<HeaderSource> headers, List<String> params, List<String> cookies) {
        public Sources {
            headers = List.copyOf(headers);
            params = List.copyOf(params);
            cookies = List.copyOf(cookies);
        }
    }

    /** A header, and what stands before the token in it. */
    public record HeaderSource(String name, String valuePrefix) {}

    /**
     * What becomes of a valid token.
     *
     * @param forward the token goes on to the application
     * @param forwardPayloadHeader header that gets the payload, base64url; empty for none
     * @param payloadInMetadata key of the claims in the filter's metadata; empty for none
     * @param spaceDelimitedClaims claims whose text becomes a list there
     * @param claimToHeaders claim (nested ones with dots) by header, lower case
     */
    public record Output(
            boolean forward,
            String forwardPayloadHeader,
            String payloadInMetadata,
            List<String> spaceDelimitedClaims,
            Map<String, String> claimToHeaders) {
        public Output {
            spaceDelimitedClaims = List.copyOf(spaceDelimitedClaims);
            claimToHeaders = Map.copyOf(claimToHeaders);
        }
    }
}
