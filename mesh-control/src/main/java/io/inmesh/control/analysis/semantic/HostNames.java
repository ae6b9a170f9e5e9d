package io.inmesh.control.analysis.semantic;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names of hosts as Istio judges them; each method says what is wrong, or nothing. Stateless. */
final class HostNames {

    private static final int LONGEST = 255;
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");
    private static final Pattern WILDCARD_LABEL = Pattern.compile("\\*|[*]?[-a-zA-Z0-9]{0,62}");

    private HostNames() {}

    static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    /** A name without wildcards. */
    static Optional<String> fqdn(String name) {
        if (name.isEmpty()) {
            return Optional.of("empty domain name not allowed");
        }
        if (name.length() > LONGEST) {
            return Optional.of("domain name \"" + name + "\" too long (max " + LONGEST + ")");
        }
        return labels(name, name);
    }

    /** A name that may begin with a wildcard, or a wildcard alone. */
    static Optional<String> wildcard(String name) {
        if (name.equals("*")) {
            return Optional.empty();
        }
        if (name.isEmpty() || name.length() > LONGEST) {
            return fqdn(name);
        }
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        if (!first.contains("*")) {
            return labels(name, name);
        }
        if (!WILDCARD_LABEL.matcher(first).matches()) {
            return Optional.of("domain name \"" + name + "\" invalid (label \"" + first + "\" invalid)");
        }
        return dot < 0 ? Optional.empty() : labels(name.substring(dot + 1), name);
    }

    private static Optional<String> labels(String text, String whole) {
        String[] parts = text.split("\\.", -1);
        String last = parts[parts.length - 1];
        if (!last.isEmpty() && last.chars().allMatch(Character::isDigit)) {
            return Optional.of(
                    "domain name \"" + whole + "\" invalid (top level domain \"" + last + "\" cannot be all-numeric)");
        }
        for (int i = 0; i < parts.length; i++) {
            boolean endingDot = i > 0 && i == parts.length - 1 && parts[i].isEmpty();
            if (!endingDot && !isLabel(parts[i])) {
                return Optional.of("domain name \"" + whole + "\" invalid (label \"" + parts[i] + "\" invalid)");
            }
        }
        return Optional.empty();
    }

    /** {@code namespace/host}, where the namespace may be a dot, a star or, if allowed, a tilde or absent. */
    static Optional<String> inNamespace(String text, boolean gateway) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return gateway ? wildcard(text) : Optional.of("host \"" + text + "\" must be of form namespace/dnsName");
        }
        String namespace = text.substring(0, slash);
        String name = text.substring(slash + 1);
        if (namespace.isEmpty() || name.isEmpty() || name.contains("/")) {
            return Optional.of("config namespace and dnsName in host entry cannot be empty: \"" + text + "\"");
        }
        boolean known = namespace.equals("*") || namespace.equals(".") || (!gateway && namespace.equals("~"));
        if (!known && !isLabel(namespace)) {
            return Optional.of("invalid namespace value \"" + namespace + "\" in host \"" + text + "\"");
        }
        return wildcard(name);
    }

    /** Whether two names, each of which may begin with a wildcard, have a host in common. */
    static boolean overlap(String a, String b) {
        boolean wildA = a.startsWith("*");
        boolean wildB = b.startsWith("*");
        if (wildA && wildB) {
            String tailA = a.substring(1);
            String tailB = b.substring(1);
            return tailA.endsWith(tailB) || tailB.endsWith(tailA);
        }
        if (wildA) {
            return b.endsWith(a.substring(1));
        }
        return wildB ? a.endsWith(b.substring(1)) : a.equals(b);
    }
}
