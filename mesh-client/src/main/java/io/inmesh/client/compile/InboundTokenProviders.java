package io.inmesh.client.compile;

import io.inmesh.client.authz.TokenLocation;
import io.inmesh.client.authz.TokenOutput;
import io.inmesh.client.authz.TokenProvider;
import io.inmesh.client.authz.jwt.Audiences;
import io.inmesh.client.authz.jwt.KeySet;
import io.inmesh.client.authz.jwt.KeySource;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.authz.jwt.TokenIssuer;
import io.inmesh.xds.model.jwt.JwtProvider;
import io.inmesh.xds.model.jwt.JwtProvider.Jwks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Compiles the providers of a JWT filter. One that cannot be honoured has no keys, so that none of its tokens is valid. */
final class InboundTokenProviders {

    private final KeySources keys;
    private final String path;
    private final List<String> unsupported;

    InboundTokenProviders(KeySources keys, String path, List<String> unsupported) {
        this.keys = keys;
        this.path = path;
        this.unsupported = unsupported;
    }

    TokenProvider provider(String name, JwtProvider provider) {
        String at = path + "[" + name + "]";
        KeySource source = provider.unsupported().isEmpty()
                ? keys(provider.jwks(), at)
                : refused(at + "." + provider.unsupported().get(0));
        return new TokenProvider(
                new TokenIssuer(
                        provider.issuer(),
                        Audiences.of(provider.audiences()),
                        source,
                        provider.clockSkew().toSeconds()),
                locations(provider.from()),
                output(provider.output()));
    }

    private KeySource keys(Jwks jwks, String at) {
        if (jwks instanceof Jwks.Inline inline) {
            Optional<KeySet> set = KeySet.parse(inline.json());
            return set.map(KeySource::of).orElseGet(() -> refused(at + ".local_jwks"));
        } else if (jwks instanceof Jwks.Remote remote) {
            return keys.fetched(remote.uri(), remote.timeout(), remote.cacheDuration())
                    .orElseGet(() -> refused(at + ".remote_jwks"));
        }
        return refused(at + (jwks instanceof Jwks.File ? ".local_jwks.filename" : ".jwks_source_specifier"));
    }

    private KeySource refused(String field) {
        unsupported.add(field);
        return KeySource.of(KeySet.NONE);
    }

    private static List<TokenLocation> locations(JwtProvider.Sources from) {
        List<TokenLocation> locations = new ArrayList<>();
        from.headers().forEach(header -> locations.add(new TokenLocation.Header(header.name(), header.valuePrefix())));
        from.params().forEach(name -> locations.add(new TokenLocation.Parameter(name)));
        from.cookies().forEach(name -> locations.add(new TokenLocation.Cookie(name)));
        return locations.isEmpty()
                ? List.of(
                        new TokenLocation.Header("authorization", "Bearer "),
                        new TokenLocation.Parameter("access_token"))
                : locations;
    }

    private static TokenOutput output(JwtProvider.Output output) {
        return new TokenOutput(
                output.forward(),
                output.forwardPayloadHeader().toLowerCase(Locale.ROOT),
                output.payloadInMetadata(),
                Set.copyOf(output.spaceDelimitedClaims()),
                output.claimToHeaders());
    }
}
