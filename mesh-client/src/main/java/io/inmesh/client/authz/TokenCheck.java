package io.inmesh.client.authz;

import io.inmesh.client.authz.jwt.Audiences;
import io.inmesh.client.authz.jwt.InvalidTokenException;
import io.inmesh.client.authz.jwt.Token;
import io.inmesh.client.authz.jwt.TokenStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tokens of one request and the moment at which they are judged. One call's state. */
final class TokenCheck {

    private final InboundRequest request;
    private final long epochSecond;

    TokenCheck(InboundRequest request, long epochSecond) {
        this.request = request;
        this.epochSecond = epochSecond;
    }

    /** A token and where it was. */
    private record Found(String compact, TokenLocation location) {}

    /** Whether there is a token and every one is valid: a handler may believe another one than we would. */
    TokenStatus every(List<TokenProvider> providers, @Nullable Audiences instead) {
        List<Found> found = find(providers);
        TokenStatus status = found.isEmpty() ? TokenStatus.MISSING : TokenStatus.OK;
        // Envoy begins with the last one, which decides whose failure is told.
        for (int i = found.size() - 1; i >= 0 && status == TokenStatus.OK; i--) {
            status = check(found.get(i), providers, instead);
        }
        return status;
    }

    /** Reads the valid ones. */
    void each(List<TokenProvider> providers) {
        List<Found> found = find(providers);
        for (int i = found.size() - 1; i >= 0; i--) {
            check(found.get(i), providers, null);
        }
    }

    private List<Found> find(List<TokenProvider> providers) {
        List<Found> found = new ArrayList<>(2);
        for (TokenLocation location : locations(providers)) {
            for (String token : location.tokens(request)) {
                found.add(new Found(token, location));
            }
        }
        return found;
    }

    private static Iterable<TokenLocation> locations(List<TokenProvider> providers) {
        if (providers.size() == 1) {
            return providers.get(0).locations();
        }
        TreeSet<TokenLocation> all = new TreeSet<>();
        providers.forEach(provider -> all.addAll(provider.locations()));
        return all;
    }

    private TokenStatus check(Found found, List<TokenProvider> providers, @Nullable Audiences instead) {
        try {
            Token token = providers.isEmpty()
                    ? Token.parse(found.compact())
                    : providers.get(0).issuer().read(found.compact());
            TokenProvider provider = provider(token, found.location(), providers);
            if (provider == null) {
                return TokenStatus.UNKNOWN_ISSUER;
            }
            TokenStatus status = provider.issuer().check(token, epochSecond, instead);
            if (status == TokenStatus.OK) {
                provider.output().apply(token, found.location(), request);
            }
            return status;
        } catch (InvalidTokenException invalid) {
            return invalid.status();
        }
    }

    /** The provider of that very issuer, else one that takes any; only tokens of its own locations are its. */
    private static @Nullable TokenProvider provider(
            Token token, TokenLocation location, List<TokenProvider> providers) {
        TokenProvider ofAny = null;
        for (TokenProvider provider : providers) {
            if (provider.locations().contains(location) && provider.issuer().issues(token.issuer())) {
                if (!provider.issuer().issuer().isEmpty()) {
                    return provider;
                }
                ofAny = ofAny == null ? provider : ofAny;
            }
        }
        return ofAny;
    }
}
