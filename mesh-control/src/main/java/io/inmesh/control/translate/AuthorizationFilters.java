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

/** AuthorizationPolicy as Envoy's RBAC filters: what denies first, then what allows; for requests and for mere bytes. */
final class AuthorizationFilters {

    private final List<Message> http = new ArrayList<>();
    private final List<Message> network = new ArrayList<>();

    AuthorizationFilters(PushContext context, Scopes.Inbound server) {
        List<AuthorizationPolicy> policies =
                new ArrayList<>(context.authorizationPolicies(server.namespace(), server.labels()));
        for (RequestAuthentication unchecked : context.requestAuthentications(server.namespace(), server.labels())) {
            policies.add(AuthorizationPolicy.denyAll(unchecked.meta(), unchecked.selector()));
        }
        String trustDomain = context.settings().trustDomain().name();
        add(policies, Action.DENY, trustDomain);
        add(policies, Action.ALLOW, trustDomain);
    }

    List<Message> http() {
        return http;
    }

    List<Message> network() {
        return network;
    }

    private void add(List<AuthorizationPolicy> all, Action action, String trustDomain) {
        List<AuthorizationPolicy> policies =
                all.stream().filter(policy -> policy.action() == action).toList();
        if (policies.isEmpty()) {
            return;
        }
        String prefix = action == Action.DENY ? "istio_dry_run_deny_" : "istio_dry_run_allow_";
        http.add(HttpFilters.filter(
                "envoy.filters.http.rbac",
                Message.of(HttpRbac.TYPE)
                        .with(
                                HttpRbac.RULES,
                                rules(policies, action, new AuthorizationRules(action, true, trustDomain)))
                        .with(HttpRbac.SHADOW_RULES_STAT_PREFIX, prefix)));
        network.add(NetworkFilters.filter(
                "envoy.filters.network.rbac",
                Message.of(NetworkRbac.TYPE)
                        .with(
                                NetworkRbac.RULES,
                                rules(policies, action, new AuthorizationRules(action, false, trustDomain)))
                        .with(NetworkRbac.STAT_PREFIX, "tcp.")
                        .with(NetworkRbac.SHADOW_RULES_STAT_PREFIX, prefix)));
    }

    /** Policies that allow and have no rule left allow nobody: the filter is there, empty. */
    private static Message rules(List<AuthorizationPolicy> policies, Action action, AuthorizationRules translation) {
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
                .with(RBAC.ACTION, action == Action.DENY ? Rbacs.Action.DENY : Rbacs.Action.ALLOW)
                .with(RBAC.POLICIES, named);
    }

    /** A policy of permissions and principals; neither may be empty in Envoy. */
    static Message policy(List<Message> permissions, List<Message> principals) {
        return Message.of(Policy.TYPE).with(Policy.PERMISSIONS, permissions).with(Policy.PRINCIPALS, principals);
    }
}
