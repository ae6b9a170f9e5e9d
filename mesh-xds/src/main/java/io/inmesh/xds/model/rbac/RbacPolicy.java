package io.inmesh.xds.model.rbac;

import java.util.List;

/**
 * Matches if any permission and any principal does.
 *
 * @param unsupported fields that Inmesh does not know (a CEL condition, say); if not empty, the rules that have the policy deny
 */
public record RbacPolicy(List<Permission> permissions, List<Principal> principals, List<String> unsupported) {

    public RbacPolicy {
        permissions = List.copyOf(permissions);
        principals = List.copyOf(principals);
        unsupported = List.copyOf(unsupported);
    }
}
