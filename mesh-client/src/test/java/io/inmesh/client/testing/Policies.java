package io.inmesh.client.testing;

import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.listener.HttpFilter;
import io.inmesh.xds.model.rbac.Permission;
import io.inmesh.xds.model.rbac.Principal;
import io.inmesh.xds.model.rbac.Rbac;
import io.inmesh.xds.model.rbac.RbacPolicy;
import io.inmesh.xds.model.rbac.RbacRules;
import java.util.List;
import java.util.Map;

/** RBAC filters of one policy named {@code policy}. */
public final class Policies {

    private Policies() {}

    public static HttpFilter deny(Permission permission) {
        return filter(RbacRules.Action.DENY, permission, new Principal.Any());
    }

    public static HttpFilter allow(Permission permission, Principal principal) {
        return filter(RbacRules.Action.ALLOW, permission, principal);
    }

    public static HttpFilter filter(RbacRules.Action action, Permission permission, Principal principal) {
        RbacPolicy policy = new RbacPolicy(List.of(permission), List.of(principal), List.of());
        return new HttpFilter.HttpRbac(
                "envoy.filters.http.rbac", false, new Rbac(new RbacRules(action, Map.of("policy", policy)), null, ""));
    }

    public static Permission pathPrefix(String prefix) {
        return new Permission.UrlPath(new StringMatch.Prefix(prefix, false));
    }

    public static Permission headerIs(String name, String value) {
        return new Permission.Header(new HeaderMatch(
                name, new HeaderMatch.Condition.Value(new StringMatch.Exact(value, false)), false, false));
    }

    public static Principal caller(String uri) {
        return new Principal.Authenticated(new StringMatch.Exact(uri, false));
    }
}
