package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.CoreBase.HttpUri;
import io.inmesh.xds.envoy.JwtAuthns;
import io.inmesh.xds.envoy.JwtAuthns.JwtClaimToHeader;
import io.inmesh.xds.envoy.JwtAuthns.JwtHeader;
import io.inmesh.xds.envoy.JwtAuthns.NormalizePayload;
import io.inmesh.xds.envoy.JwtAuthns.RemoteJwks;
import io.inmesh.xds.envoy.JwtAuthns.RequirementRule;
import io.inmesh.xds.model.jwt.JwtAuthentication;
import io.inmesh.xds.model.jwt.JwtProvider;
import io.inmesh.xds.model.jwt.JwtProvider.HeaderSource;
import io.inmesh.xds.model.jwt.JwtProvider.Jwks;
import io.inmesh.xds.model.jwt.JwtProvider.Output;
import io.inmesh.xds.model.jwt.JwtProvider.Sources;
import io.inmesh.xds.model.jwt.JwtRequirement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code JwtAuthentication}. Whatever is left aside in it denies: all requests, or the tokens of one provider. */
final class JwtDecoder {

    private static final long DEFAULT_CLOCK_SKEW_SECONDS = 60;
    private static final Duration DEFAULT_CACHE = Duration.ofMinutes(10);

    private JwtDecoder() {}

    static JwtAuthentication decode(Fields fields) {
        Map<String, JwtProvider> providers =
                fields.eachEntry(JwtAuthns.JwtAuthentication.PROVIDERS, JwtDecoder::provider);
        int before = fields.mark();
        List<JwtAuthentication.Rule> rules = fields.each(JwtAuthns.JwtAuthentication.RULES, JwtDecoder::rule);
        boolean bypassPreflight = fields.get(JwtAuthns.JwtAuthentication.BYPASS_CORS_PREFLIGHT);
        fields.leftovers();
        return new JwtAuthentication(providers, rules, bypassPreflight, fields.reportedSince(before));
    }

    private static JwtAuthentication.Rule rule(Fields fields) {
        return new JwtAuthentication.Rule(
                fields.nested(RequirementRule.MATCH, RouteMatchDecoder::decode),
                fields.nested(RequirementRule.REQUIRES, JwtDecoder::requirement));
    }

    private static JwtRequirement requirement(Fields fields) {
        if (fields.has(JwtAuthns.JwtRequirement.PROVIDER_NAME)) {
            return new JwtRequirement.Provider(fields.get(JwtAuthns.JwtRequirement.PROVIDER_NAME));
        } else if (fields.has(JwtAuthns.JwtRequirement.PROVIDER_AND_AUDIENCES)) {
            return fields.nested(
                    JwtAuthns.JwtRequirement.PROVIDER_AND_AUDIENCES,
                    provider -> new JwtRequirement.ProviderAndAudiences(
                            provider.get(JwtAuthns.ProviderWithAudiences.PROVIDER_NAME),
                            provider.get(JwtAuthns.ProviderWithAudiences.AUDIENCES)));
        } else if (fields.has(JwtAuthns.JwtRequirement.REQUIRES_ANY)) {
            return fields.nested(
                    JwtAuthns.JwtRequirement.REQUIRES_ANY,
                    any -> new JwtRequirement.AnyOf(
                            any.each(JwtAuthns.JwtRequirementOrList.REQUIREMENTS, JwtDecoder::requirement)));
        } else if (fields.has(JwtAuthns.JwtRequirement.REQUIRES_ALL)) {
            return fields.nested(
                    JwtAuthns.JwtRequirement.REQUIRES_ALL,
                    all -> new JwtRequirement.AllOf(
                            all.each(JwtAuthns.JwtRequirementAndList.REQUIREMENTS, JwtDecoder::requirement)));
        } else if (fields.has(JwtAuthns.JwtRequirement.ALLOW_MISSING)) {
            return fields.nested(JwtAuthns.JwtRequirement.ALLOW_MISSING, nothing -> new JwtRequirement.AllowMissing());
        } else if (fields.has(JwtAuthns.JwtRequirement.ALLOW_MISSING_OR_FAILED)) {
            return fields.nested(
                    JwtAuthns.JwtRequirement.ALLOW_MISSING_OR_FAILED,
                    nothing -> new JwtRequirement.AllowMissingOrFailed());
        }
        List<String> unknown = fields.leftovers();
        return unknown.isEmpty() ? new JwtRequirement.None() : new JwtRequirement.Unsupported(unknown.get(0));
    }

    private static JwtProvider provider(Fields fields) {
        int before = fields.mark();
        String issuer = fields.get(JwtAuthns.JwtProvider.ISSUER);
        List<String> audiences = fields.get(JwtAuthns.JwtProvider.AUDIENCES);
        Jwks jwks = jwks(fields);
        Sources from = new Sources(
                fields.each(JwtAuthns.JwtProvider.FROM_HEADERS, JwtDecoder::header),
                fields.get(JwtAuthns.JwtProvider.FROM_PARAMS),
                fields.get(JwtAuthns.JwtProvider.FROM_COOKIES));
        Output output = output(fields);
        long skew = fields.get(JwtAuthns.JwtProvider.CLOCK_SKEW_SECONDS);
        fields.leftovers();
        return new JwtProvider(
                issuer,
                audiences,
                jwks,
                from,
                output,
                Duration.ofSeconds(skew == 0 ? DEFAULT_CLOCK_SKEW_SECONDS : skew),
                fields.reportedSince(before));
    }

    private static HeaderSource header(Fields fields) {
        return new HeaderSource(
                fields.get(JwtHeader.NAME).toLowerCase(Locale.ROOT), fields.get(JwtHeader.VALUE_PREFIX));
    }

    private static Output output(Fields fields) {
        Map<String, String> claims = new LinkedHashMap<>();
        fields.each(
                JwtAuthns.JwtProvider.CLAIM_TO_HEADERS,
                claim -> claims.put(
                        claim.get(JwtClaimToHeader.HEADER_NAME).toLowerCase(Locale.ROOT),
                        claim.get(JwtClaimToHeader.CLAIM_NAME)));
        return new Output(
                fields.get(JwtAuthns.JwtProvider.FORWARD),
                fields.get(JwtAuthns.JwtProvider.FORWARD_PAYLOAD_HEADER),
                fields.get(JwtAuthns.JwtProvider.PAYLOAD_IN_METADATA),
                fields.nested(
                        JwtAuthns.JwtProvider.NORMALIZE_PAYLOAD_IN_METADATA,
                        normalize -> normalize.get(NormalizePayload.SPACE_DELIMITED_CLAIMS)),
                claims);
    }

    private static Jwks jwks(Fields fields) {
        if (fields.has(JwtAuthns.JwtProvider.LOCAL_JWKS)) {
            return fields.nested(JwtAuthns.JwtProvider.LOCAL_JWKS, JwtDecoder::local);
        } else if (fields.has(JwtAuthns.JwtProvider.REMOTE_JWKS)) {
            return fields.nested(JwtAuthns.JwtProvider.REMOTE_JWKS, JwtDecoder::remote);
        }
        return new Jwks.Unsupported("jwks_source_specifier");
    }

    private static Jwks local(Fields source) {
        if (source.has(DataSource.INLINE_STRING)) {
            return new Jwks.Inline(source.get(DataSource.INLINE_STRING));
        } else if (source.has(DataSource.INLINE_BYTES)) {
            return new Jwks.Inline(source.get(DataSource.INLINE_BYTES).utf8());
        } else if (source.has(DataSource.FILENAME)) {
            return new Jwks.File(source.get(DataSource.FILENAME));
        }
        return new Jwks.Unsupported("specifier");
    }

    private static Jwks remote(Fields fields) {
        Duration cache = fields.or(RemoteJwks.CACHE_DURATION, DEFAULT_CACHE);
        return fields.nested(
                RemoteJwks.HTTP_URI,
                uri -> new Jwks.Remote(
                        uri.get(HttpUri.URI), uri.get(HttpUri.CLUSTER), uri.get(HttpUri.TIMEOUT), cache));
    }
}
