package io.inmesh.client.authz;

import io.inmesh.client.authz.jwt.Audiences;
import io.inmesh.client.authz.jwt.TokenStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tokens a request needs, as a tree. Immutable.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/jwt_authn/v3/config.proto#extensions-filters-http-jwt-authn-v3-jwtrequirement">Envoy,
 *     JwtRequirement</a>
 */
public interface TokenRequirement {

    /** Nothing is asked. */
    TokenRequirement NOTHING = check -> TokenStatus.OK;

    /** {@link TokenStatus#OK}, or why the request is denied. */
    TokenStatus of(TokenCheck check);

    /**
     * A valid token of one provider, and no invalid one beside it.
     *
     * @param instead audiences in place of the provider's; null for its own
     */
    static TokenRequirement provider(TokenProvider provider, @Nullable Audiences instead) {
        return check -> check.every(List.of(provider), instead);
    }

    /** No token, or only valid ones, of whichever provider. */
    static TokenRequirement allowMissing(List<TokenProvider> providers) {
        List<TokenProvider> all = List.copyOf(providers);
        return check -> {
            TokenStatus status = check.every(all, null);
            return status == TokenStatus.MISSING ? TokenStatus.OK : status;
        };
    }

    /** Whatever token; valid ones are read. */
    static TokenRequirement allowFailed(List<TokenProvider> providers) {
        List<TokenProvider> all = List.copyOf(providers);
        return check -> {
            check.each(all);
            return TokenStatus.OK;
        };
    }

    /** Every one, in order. */
    static TokenRequirement all(List<TokenRequirement> requirements) {
        List<TokenRequirement> all = List.copyOf(requirements);
        return check -> {
            TokenStatus status = TokenStatus.OK;
            for (int i = 0; i < all.size() && status == TokenStatus.OK; i++) {
                status = all.get(i).of(check);
            }
            return status;
        };
    }

    /**
     * The first that is met.
     *
     * @param orMissing met, too, by a request without any token
     * @param orFailed met by any request
     */
    static TokenRequirement any(List<TokenRequirement> requirements, boolean orMissing, boolean orFailed) {
        List<TokenRequirement> all = List.copyOf(requirements);
        return check -> {
            TokenStatus result = TokenStatus.MISSING;
            for (int i = 0; i < all.size() && result != TokenStatus.OK; i++) {
                result = worse(result, all.get(i).of(check));
            }
            boolean excused = orFailed || (orMissing && result == TokenStatus.MISSING);
            return excused ? TokenStatus.OK : result;
        };
    }

    /** A token that is wrong tells more than one that is somebody else's, and that more than none. */
    private static TokenStatus worse(TokenStatus sofar, TokenStatus next) {
        boolean telling = next != TokenStatus.MISSING && next != TokenStatus.UNKNOWN_ISSUER;
        return telling || sofar == TokenStatus.MISSING ? next : sofar;
    }
}
