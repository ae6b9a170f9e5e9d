package io.inmesh.client.compile;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.JwtFilter;
import io.inmesh.client.authz.RefusingFilter;
import io.inmesh.client.authz.SecurityFilter;
import io.inmesh.client.authz.TokenProvider;
import io.inmesh.client.authz.TokenRequirement;
import io.inmesh.client.authz.jwt.Audiences;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.xds.model.jwt.JwtAuthentication;
import io.inmesh.xds.model.jwt.JwtRequirement;
import io.inmesh.xds.model.listener.HttpFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compiles one JWT filter. What it cannot honour denies: every request, or the tokens of one provider. */
final class InboundTokens {

    private final String path;
    private final List<String> unsupported;
    private final Map<String, TokenProvider> providers = new TreeMap<>();

    private InboundTokens(String path, List<String> unsupported) {
        this.path = path;
        this.unsupported = unsupported;
    }

    static SecurityFilter filter(
            HttpFilter.JwtAuthn filter, MeshClock clock, KeySources keys, String path, List<String> unsupported) {
        return new InboundTokens(path, unsupported).compile(filter, clock, keys);
    }

    private SecurityFilter compile(HttpFilter.JwtAuthn filter, MeshClock clock, KeySources keys) {
        JwtAuthentication settings = filter.authentication();
        if (!settings.unsupported().isEmpty()) {
            return refusing(filter.name(), settings.unsupported().get(0));
        }
        InboundTokenProviders compiler = new InboundTokenProviders(keys, path + ".providers", unsupported);
        settings.providers().forEach((name, provider) -> providers.put(name, compiler.provider(name, provider)));
        List<JwtFilter.Requirement> rules = new ArrayList<>();
        for (int i = 0; i < settings.rules().size(); i++) {
            JwtAuthentication.Rule rule = settings.rules().get(i);
            try {
                rules.add(new JwtFilter.Requirement(InboundPaths.rule(rule.match()), requirement(rule.requires())));
            } catch (UnsupportedOperationException cannot) {
                return refusing(filter.name(), "rules[" + i + "]." + cannot.getMessage());
            }
        }
        return new JwtFilter(
                filter.name(), List.copyOf(providers.values()), rules, settings.bypassCorsPreflight(), clock);
    }

    private SecurityFilter refusing(String name, String field) {
        unsupported.add(path + "." + field);
        return new RefusingFilter(name, field + " is not supported, so every request is denied");
    }

    private TokenRequirement requirement(JwtRequirement requirement) {
        if (requirement instanceof JwtRequirement.Provider provider) {
            return TokenRequirement.provider(provider(provider.name()), null);
        } else if (requirement instanceof JwtRequirement.ProviderAndAudiences provider) {
            Audiences instead = provider.audiences().isEmpty() ? null : Audiences.of(provider.audiences());
            return TokenRequirement.provider(provider(provider.name()), instead);
        } else if (requirement instanceof JwtRequirement.AllOf all) {
            return TokenRequirement.all(
                    all.requirements().stream().map(this::requirement).toList());
        } else if (requirement instanceof JwtRequirement.AnyOf any) {
            return any(any.requirements());
        } else if (requirement instanceof JwtRequirement.AllowMissing) {
            return TokenRequirement.allowMissing(List.copyOf(providers.values()));
        } else if (requirement instanceof JwtRequirement.AllowMissingOrFailed) {
            return TokenRequirement.allowFailed(List.copyOf(providers.values()));
        } else if (requirement instanceof JwtRequirement.None) {
            return TokenRequirement.NOTHING;
        }
        throw new UnsupportedOperationException("requires");
    }

    /** Beside others, the two that excuse are no requirements of their own but a property of the list. */
    private TokenRequirement any(List<JwtRequirement> requirements) {
        boolean orMissing = requirements.stream().anyMatch(JwtRequirement.AllowMissing.class::isInstance);
        boolean orFailed = requirements.stream().anyMatch(JwtRequirement.AllowMissingOrFailed.class::isInstance);
        List<TokenRequirement> others = requirements.stream()
                .filter(each -> !(each instanceof JwtRequirement.AllowMissing)
                        && !(each instanceof JwtRequirement.AllowMissingOrFailed))
                .map(this::requirement)
                .toList();
        if (!others.isEmpty()) {
            return TokenRequirement.any(others, orMissing, orFailed);
        }
        return requirement(orFailed ? new JwtRequirement.AllowMissingOrFailed() : new JwtRequirement.AllowMissing());
    }

    private TokenProvider provider(String name) {
        TokenProvider provider = providers.get(name);
        if (provider == null) {
            throw new UnsupportedOperationException("requires.provider_name");
        }
        return provider;
    }
}
