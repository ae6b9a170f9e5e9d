package io.inmesh.control.translate;

import io.inmesh.control.config.JwtRule;
import io.inmesh.control.config.RequestAuthentication;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.JwtAuthns.JwtAuthentication;
import io.inmesh.xds.envoy.JwtAuthns.JwtClaimToHeader;
import io.inmesh.xds.envoy.JwtAuthns.JwtHeader;
import io.inmesh.xds.envoy.JwtAuthns.JwtProvider;
import io.inmesh.xds.envoy.JwtAuthns.JwtRequirement;
import io.inmesh.xds.envoy.JwtAuthns.JwtRequirementAndList;
import io.inmesh.xds.envoy.JwtAuthns.JwtRequirementOrList;
import io.inmesh.xds.envoy.JwtAuthns.NormalizePayload;
import io.inmesh.xds.envoy.JwtAuthns.RequirementRule;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.WellKnown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * RequestAuthentication as Envoy's JWT filter, in the shape that istiod gives it: one provider for each issuer's rule, of which a
 * request may satisfy any, or carry no token at all.
 */
final class TokenFilters {

    private static final String NAME = "envoy.filters.http.jwt_authn";

    /** Policies look for claims under this name. */
    private static final String PAYLOAD = "payload";

    /** Lists by RFC 8693, whatever a policy says. */
    private static final List<String> ALWAYS_SPACE_DELIMITED = List.of("permission", "scope");

    /** No keys have come yet, and so no token is valid. */
    private static final String NO_KEYS = "{\"keys\":[]}";

    private final PushContext context;
    private final Map<String, Message> providers = new TreeMap<>();
    private final List<Message> alternatives = new ArrayList<>();
    private final List<Message> optional = new ArrayList<>();
    private final List<Message> required = new ArrayList<>();

    private TokenFilters(PushContext context) {
        this.context = context;
    }

    /** Empty if no policy asks for tokens. */
    static Optional<Message> of(PushContext context, List<RequestAuthentication> policies) {
        List<JwtRule> rules = policies.stream()
                .flatMap(policy -> policy.rules().stream())
                .sorted(Comparator.comparing(JwtRule::issuer))
                .toList();
        return rules.isEmpty() ? Optional.empty() : Optional.of(new TokenFilters(context).filter(rules));
    }

    private Message filter(List<JwtRule> rules) {
        for (JwtRule rule : rules) {
            String name = "origins-" + providers.size();
            providers.put(name, provider(rule));
            Message provider = Message.of(JwtRequirement.TYPE).with(JwtRequirement.PROVIDER_NAME, name);
            alternatives.add(provider);
            optional.add(any(List.of(provider, allowMissing())));
            if (rule.required()) {
                required.add(provider);
            }
        }
        Message rule = Message.of(RequirementRule.TYPE)
                .with(RequirementRule.MATCH, RouteMatches.ALL)
                .with(RequirementRule.REQUIRES, requirement());
        return HttpFilters.filter(
                NAME,
                Message.of(JwtAuthentication.TYPE)
                        .with(JwtAuthentication.PROVIDERS, providers)
                        .with(JwtAuthentication.RULES, List.of(rule))
                        .with(JwtAuthentication.BYPASS_CORS_PREFLIGHT, true));
    }

    /** Any one token, or none, or, of several issuers, whatever is there is valid. */
    private Message requirement() {
        List<Message> any = new ArrayList<>(alternatives);
        if (!required.isEmpty()) {
            any = new ArrayList<>(required);
        } else if (alternatives.size() == 1) {
            any.add(allowMissing());
        } else {
            any.add(Message.of(JwtRequirement.TYPE)
                    .with(
                            JwtRequirement.REQUIRES_ALL,
                            Message.of(JwtRequirementAndList.TYPE).with(JwtRequirementAndList.REQUIREMENTS, optional)));
        }
        return any(any);
    }

    private static Message any(List<Message> requirements) {
        return Message.of(JwtRequirement.TYPE)
                .with(
                        JwtRequirement.REQUIRES_ANY,
                        Message.of(JwtRequirementOrList.TYPE).with(JwtRequirementOrList.REQUIREMENTS, requirements));
    }

    private static Message allowMissing() {
        return Message.of(JwtRequirement.TYPE).with(JwtRequirement.ALLOW_MISSING, Message.of(WellKnown.EMPTY));
    }

    private Message provider(JwtRule rule) {
        Set<String> spaceDelimited = new TreeSet<>(ALWAYS_SPACE_DELIMITED);
        spaceDelimited.addAll(rule.output().spaceDelimitedClaims());
        String keys = Stream.concat(rule.jwks().stream(), rule.address().flatMap(context::keys).stream())
                .findFirst()
                .orElse(NO_KEYS);
        return Message.of(JwtProvider.TYPE)
                .with(JwtProvider.ISSUER, rule.issuer())
                .with(JwtProvider.AUDIENCES, rule.audiences())
                .with(JwtProvider.LOCAL_JWKS, Message.of(DataSource.TYPE).with(DataSource.INLINE_STRING, keys))
                .with(JwtProvider.FORWARD, rule.output().forwardOriginalToken())
                .with(
                        JwtProvider.FROM_HEADERS,
                        rule.fromHeaders().stream().map(TokenFilters::header).toList())
                .with(JwtProvider.FROM_PARAMS, rule.fromParams())
                .with(JwtProvider.FROM_COOKIES, rule.fromCookies())
                .with(
                        JwtProvider.FORWARD_PAYLOAD_HEADER,
                        rule.output().payloadToHeader().orElse(""))
                .with(JwtProvider.PAYLOAD_IN_METADATA, PAYLOAD)
                .with(JwtProvider.CLAIM_TO_HEADERS, claimHeaders(rule))
                .with(
                        JwtProvider.NORMALIZE_PAYLOAD_IN_METADATA,
                        Message.of(NormalizePayload.TYPE)
                                .with(NormalizePayload.SPACE_DELIMITED_CLAIMS, List.copyOf(spaceDelimited)));
    }

    private static Message header(JwtRule.HeaderLocation location) {
        return Message.of(JwtHeader.TYPE)
                .with(JwtHeader.NAME, location.name())
                .with(JwtHeader.VALUE_PREFIX, location.prefix());
    }

    private static List<Message> claimHeaders(JwtRule rule) {
        return new TreeMap<>(rule.output().claimToHeaders())
                .entrySet().stream()
                        .map(claim -> Message.of(JwtClaimToHeader.TYPE)
                                .with(JwtClaimToHeader.HEADER_NAME, claim.getKey())
                                .with(JwtClaimToHeader.CLAIM_NAME, claim.getValue()))
                        .toList();
    }
}
