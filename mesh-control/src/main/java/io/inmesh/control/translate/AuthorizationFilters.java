package io.inmesh.control.translate;

import io.inmesh.control.config.AuthorizationPolicy;
import io.inmesh.control.config.AuthorizationPolicy.Action;
import io.inmesh.control.config.AuthorizationPolicy.Rule;
import io.inmesh.control.config.RequestAuthentication;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.Rbacs;
import io.inmesh.xds.envoy.Rbacs.HttpRbac;
import io.inmesh.xds.envoy.Rbacs.NetworkRbac;
import io.inmesh.xds.envoy.Rbacs.Policy;
import io.inmesh.xds.envoy.Rbacs.RBAC;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * RequestAuthentication and AuthorizationPolicy as Envoy's filters: tokens, then what is told of, what denies, what allows; for requests
 * and for mere bytes.
 */
final class AuthorizationFilters {

    private final List<Message> http = new ArrayList<>();
    private final List<Message> network = new ArrayList<>();

    AuthorizationFilters(PushContext context, Scopes.Inbound server) {
        List<AuthorizationPolicy> policies =
                new ArrayList<>(context.authorizationPolicies(server.namespace(), server.labels()));
        List<RequestAuthentication> tokens = context.requestAuthentications(server.namespace(), server.labels());
        tokens.stream()
                .filter(policy -> !policy.honoured())
                .forEach(policy -> policies.add(AuthorizationPolicy.denyAll(policy.meta(), policy.selector())));
        TokenFilters.of(context, tokens).ifPresent(http::add);
        List<String> trustDomains = context.settings().trustDomains();
        add(policies, Action.AUDIT, trustDomains);
        add(policies, Action.DENY, trustDomains);
        add(policies, Action.ALLOW, trustDomains);
    }

    List<Message> http() {
        return http;
    }

    List<Message> network() {
        return network;
    }

    private void add(List<AuthorizationPolicy> all, Action action, List<String> trustDomains) {
        List<AuthorizationPolicy> enforced = new ArrayList<>();
        List<AuthorizationPolicy> dry = new ArrayList<>();
        all.stream().filter(policy -> policy.action() == action).forEach(policy -> (policy.dryRun() ? dry : enforced)
                .add(policy));
        if (enforced.isEmpty() && dry.isEmpty()) {
            return;
        }
        String prefix = action == Action.DENY ? "istio_dry_run_deny_" : "istio_dry_run_allow_";
        AuthorizationRules ofRequests = new AuthorizationRules(action, true, trustDomains);
        http.add(HttpFilters.filter(
                "envoy.filters.http.rbac",
                Message.of(HttpRbac.TYPE)
                        .with(HttpRbac.RULES, rules(enforced, action, ofRequests))
                        .with(HttpRbac.SHADOW_RULES, rules(dry, action, ofRequests))
                        .with(HttpRbac.SHADOW_RULES_STAT_PREFIX, prefix)));
        AuthorizationRules ofBytes = new AuthorizationRules(action, false, trustDomains);
        network.add(NetworkFilters.filter(
                "envoy.filters.network.rbac",
                Message.of(NetworkRbac.TYPE)
                        .with(NetworkRbac.RULES, rules(enforced, action, ofBytes))
                        .with(NetworkRbac.SHADOW_RULES, rules(dry, action, ofBytes))
                        .with(NetworkRbac.STAT_PREFIX, "tcp.")
                        .with(NetworkRbac.SHADOW_RULES_STAT_PREFIX, prefix)));
    }

    /** Policies that allow and have no rule left allow nobody: the rules are there, empty. Null without policies. */
    private static @Nullable Message rules(
            List<AuthorizationPolicy> policies, Action action, AuthorizationRules translation) {
        if (policies.isEmpty()) {
            return null;
        }
        Map<String, Message> named = new TreeMap<>();
        for (AuthorizationPolicy policy : policies) {
            for (int i = 0; i < policy.rules().size(); i++) {
                Rule rule = policy.rules().get(i);
                Optional<Message> translated =
                        translation.of(rule, policy.meta().namespace());
                String name = "ns[" + policy.meta().namespace() + "]-policy["
                        + policy.meta().name() + "]-rule[" + i + "]";
                translated.ifPresent(message -> named.put(name, message));
            }
        }
        return Message.of(RBAC.TYPE)
                .with(
                        RBAC.ACTION,
                        switch (action) {
                            case ALLOW -> Rbacs.Action.ALLOW;
                            case DENY -> Rbacs.Action.DENY;
                            case AUDIT -> Rbacs.Action.LOG;
                        })
                .with(RBAC.POLICIES, named);
    }

    /** A policy of permissions and principals; neither may be empty in Envoy. */
    static Message policy(List<Message> permissions, List<Message> principals) {
        return Message.of(Policy.TYPE).with(Policy.PERMISSIONS, permissions).with(Policy.PRINCIPALS, principals);
    }
}
