package io.inmesh.client.compile;

import io.inmesh.client.authz.RbacFilter;
import io.inmesh.client.authz.RbacFilter.Action;
import io.inmesh.client.authz.RbacFilter.Rules;
import io.inmesh.client.authz.RbacPolicy;
import io.inmesh.client.authz.RefusingFilter;
import io.inmesh.client.authz.Rule;
import io.inmesh.client.authz.SecurityFilter;
import io.inmesh.xds.model.rbac.Rbac;
import io.inmesh.xds.model.rbac.RbacRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles one RBAC filter. */
final class InboundRbac {

    private InboundRbac() {}

    static SecurityFilter filter(
            String name, Rbac rbac, InboundRules.Layer layer, String path, List<String> unsupported) {
        RbacRules rules = rbac.rules();
        if (rules != null && rules.action() == RbacRules.Action.UNSUPPORTED) {
            unsupported.add(path + ".rules.action");
            return new RefusingFilter(name, "the action of its rules is not supported, so every request is denied");
        }
        return new RbacFilter(
                rules(rules, layer, path + ".rules", unsupported),
                rules(rbac.shadowRules(), layer, path + ".shadow_rules", unsupported));
    }

    private static @Nullable Rules rules(
            @Nullable RbacRules rules, InboundRules.Layer layer, String path, List<String> unsupported) {
        if (rules == null || rules.action() == RbacRules.Action.UNSUPPORTED) {
            return null;
        }
        List<RbacPolicy> policies = new ArrayList<>();
        rules.policies()
                .forEach((name, policy) -> policies.add(
                        policy(name, policy, new InboundRules(path + ".policies[" + name + "]", unsupported, layer))));
        return new Rules(action(rules.action()), policies);
    }

    private static RbacPolicy policy(String name, io.inmesh.xds.model.rbac.RbacPolicy policy, InboundRules compiler) {
        // Any permission and any principal of the lists will do.
        Rule permission =
                Rule.or(policy.permissions().stream().map(compiler::permission).toList());
        Rule principal =
                Rule.or(policy.principals().stream().map(compiler::principal).toList());
        Rule condition = policy.unsupported().isEmpty()
                ? Rule.ANY
                : compiler.unsupported(policy.unsupported().get(0));
        return new RbacPolicy(name, Rule.and(List.of(permission, condition)), principal);
    }

    private static Action action(RbacRules.Action action) {
        return switch (action) {
            case DENY -> Action.DENY;
            case LOG -> Action.LOG;
            case ALLOW, UNSUPPORTED -> Action.ALLOW;
        };
    }
}
