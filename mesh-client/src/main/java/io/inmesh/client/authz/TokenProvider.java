package io.inmesh.client.authz;

import io.inmesh.client.authz.jwt.TokenIssuer;
import java.util.List;
import java.util.TreeSet;

/**
 * An issuer, where its tokens are looked for, and what becomes of valid ones. Immutable but for its keys.
 *
 * @param locations in Envoy's order, none twice
 */
public record TokenProvider(TokenIssuer issuer, List<TokenLocation> locations, TokenOutput output) {

    public TokenProvider {
        locations = List.copyOf(new TreeSet<>(locations));
    }
}
