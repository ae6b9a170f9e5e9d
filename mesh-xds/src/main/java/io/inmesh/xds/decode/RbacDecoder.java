package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Rbacs;
import io.inmesh.xds.envoy.Rbacs.HttpRbac;
import io.inmesh.xds.envoy.Rbacs.NetworkRbac;
import io.inmesh.xds.model.rbac.Rbac;
import io.inmesh.xds.model.rbac.RbacPolicy;
import io.inmesh.xds.model.rbac.RbacRules;
import io.inmesh.xds.model.rbac.RbacRules.Action;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code RBAC}. Whatever is left aside in a policy or beside the rules makes them deny. */
final class RbacDecoder {

    private static final RbacRules DENY_ALL = new RbacRules(Action.UNSUPPORTED, Map.of());

    private RbacDecoder() {}

    static Rbac http(Fields fields) {
        return new Rbac(
                rules(fields, HttpRbac.RULES, "matcher"),
                fields.nestedOrNull(HttpRbac.SHADOW_RULES, RbacDecoder::rules),
                fields.get(HttpRbac.SHADOW_RULES_STAT_PREFIX));
    }

    static Rbac network(Fields fields) {
        return new Rbac(
                rules(fields, NetworkRbac.RULES, "matcher"),
                fields.nestedOrNull(NetworkRbac.SHADOW_RULES, RbacDecoder::rules),
                fields.get(NetworkRbac.SHADOW_RULES_STAT_PREFIX));
    }

    /** The matcher is the other form of rules, one that we do not know. */
    private static @Nullable RbacRules rules(Fields fields, Field<Message> rules, String otherForm) {
        return fields.hasOther(otherForm) ? DENY_ALL : fields.nestedOrNull(rules, RbacDecoder::rules);
    }

    private static RbacRules rules(Fields fields) {
        Action action = fields.unrecognised(Rbacs.RBAC.ACTION)
                ? Action.UNSUPPORTED
                : switch (fields.get(Rbacs.RBAC.ACTION)) {
                    case ALLOW -> Action.ALLOW;
                    case DENY -> Action.DENY;
                    case LOG -> Action.LOG;
                };
        return new RbacRules(action, fields.eachEntry(Rbacs.RBAC.POLICIES, RbacDecoder::policy));
    }

    private static RbacPolicy policy(Fields fields) {
        int before = fields.mark();
        RbacPolicy known = new RbacPolicy(
                fields.each(Rbacs.Policy.PERMISSIONS, PermissionDecoder::decode),
                fields.each(Rbacs.Policy.PRINCIPALS, PrincipalDecoder::decode),
                List.of());
        fields.leftovers();
        return new RbacPolicy(known.permissions(), known.principals(), fields.reportedSince(before));
    }
}
