package io.inmesh.client.authz;

/**
 * One named policy: it matches if its permission and its principal do. Immutable.
 *
 * @param name as on the wire, such as {@code ns[default]-policy[httpbin-policy]-rule[0]}
 * @param permission what is asked for
 * @param principal who asks
 */
public record RbacPolicy(String name, Rule permission, Rule principal) {

    Certainty matches(InboundRequest request) {
        return permission.matches(request).and(principal.matches(request));
    }
}
