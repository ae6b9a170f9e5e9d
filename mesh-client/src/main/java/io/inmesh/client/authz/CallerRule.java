package io.inmesh.client.authz;

import io.inmesh.api.identity.SpiffeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an application itself says of its callers, in code. A request that it covers is denied unless (or, for a denial, if) its caller is
 * one of those it names; a request that it does not cover passes. Immutable if its paths are; never blocks.
 *
 * @param source where it was written, such as {@code @MeshAllow on com.example.Orders.delete}
 * @param allows whether those that it names are let through and all others are not, or the reverse
 * @param principals of certificates, without {@code spiffe://}, as Istio matches them; empty for any
 * @param namespaces as Istio matches them; empty for any
 * @param methods in upper case; empty for all
 * @param paths without query, as the server dispatches them
 */
public record CallerRule(
        String source,
        boolean allows,
        List<String> principals,
        List<String> namespaces,
        Set<String> methods,
        Predicate<String> paths)
        implements SecurityFilter {

    private static final String FILTER = "application";
    private static final int SEGMENTS = 5;
    private static final String SCHEME = "spiffe://";

    public CallerRule {
        principals = List.copyOf(principals);
        namespaces = List.copyOf(namespaces);
        methods = Set.copyOf(methods);
    }

    @Override
    public @Nullable Denial check(InboundRequest request, List<PolicyReport> reports) {
        if (!covers(request) || names(request.connection().peer()) == allows) {
            return null;
        }
        String reason = allows ? "it allows other callers only" : "it denies this caller";
        return Denial.byPolicy(FILTER, source, reason);
    }

    /** For people. */
    public String describe() {
        return source
                + (methods.isEmpty() ? "" : " methods=" + new TreeSet<>(methods))
                + (principals.isEmpty() ? "" : " principals=" + principals)
                + (namespaces.isEmpty() ? "" : " namespaces=" + namespaces);
    }

    /** A path of more than one meaning is covered if any of them is. */
    private boolean covers(InboundRequest request) {
        return (methods.isEmpty() || methods.contains(request.head().method()))
                && Rule.urlPath(paths).matches(request) != Certainty.NO;
    }

    private boolean names(@Nullable PeerCertificate peer) {
        if (principals.isEmpty() && namespaces.isEmpty()) {
            // Allow: whoever has proved to be somebody. Deny: everybody.
            return !allows || peer != null;
        }
        Optional<SpiffeId> id = peer == null ? Optional.empty() : peer.id();
        return id.isPresent()
                && matches(principals, id.get().uri().substring(SCHEME.length()))
                && matches(namespaces, namespace(id.get().path()));
    }

    /** Empty where the identity is none of Istio's, {@code /ns/<namespace>/sa/<service account>}. */
    private static String namespace(String path) {
        String[] parts = path.split("/", -1);
        return parts.length == SEGMENTS && parts[1].equals("ns") && parts[3].equals("sa") ? parts[2] : "";
    }

    private static boolean matches(List<String> patterns, String value) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, value));
    }

    private static boolean matches(String pattern, String value) {
        if (pattern.endsWith("*")) {
            return value.startsWith(pattern.substring(0, pattern.length() - 1));
        }
        return pattern.startsWith("*") ? value.endsWith(pattern.substring(1)) : value.equals(pattern);
    }
}
