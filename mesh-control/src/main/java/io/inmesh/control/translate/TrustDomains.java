package io.inmesh.control.translate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Principals that an operator wrote, under every name that the mesh's root of trust has. */
final class TrustDomains {

    private static final String LOCAL = "cluster.local";

    private TrustDomains() {}

    /**
     * The principal itself and those that mean the same. Only one that is complete ({@code domain/ns/x/sa/y}) and names a domain of
     * ours, or {@code cluster.local}, has others.
     *
     * @param ours the trust domain and its aliases
     */
    static List<String> expanded(String principal, List<String> ours) {
        String[] parts = principal.split("/", -1);
        if (parts.length != 5 || parts[0].equals("*")) {
            return List.of(
                    principal.startsWith(LOCAL + "/") ? ours.get(0) + principal.substring(LOCAL.length()) : principal);
        }
        String domain = parts[0];
        if (!domain.equals(LOCAL) && ours.stream().noneMatch(name -> matches(domain, name))) {
            return List.of(principal);
        }
        Set<String> all = new LinkedHashSet<>();
        for (String name : ours) {
            all.add(
                    domain.startsWith("*") && matches(domain, name)
                            ? principal
                            : name + principal.substring(domain.length()));
        }
        return List.copyOf(all);
    }

    private static boolean matches(String written, String name) {
        return written.startsWith("*") ? name.endsWith(written.substring(1)) : name.equals(written);
    }
}
