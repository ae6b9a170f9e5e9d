package io.inmesh.client.route;

import io.inmesh.api.http.LocalReply;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyField;
import io.inmesh.client.resilience.CallGuard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An application's own policy, ready for use. What it makes of a route or cluster is computed when a call first meets that, and kept
 * until the snapshot changes. Thread-safe.
 */
public final class LocalPolicy {

    private final CallPolicy policy;
    private final RandomGenerator chance;
    private final @Nullable CallGuard guard;
    private final @Nullable LocalReply fallback;
    private final List<Header> headers;
    private final @Nullable String host;
    private final int port;
    private volatile Known known = Known.NOTHING;

    LocalPolicy(CallPolicy policy, @Nullable CallGuard guard, RandomGenerator chance) {
        this.policy = policy;
        this.guard = guard;
        this.chance = chance;
        this.headers =
                policy.list(PolicyField.ROUTE_HEADERS).stream().map(Header::of).toList();
        String authority = policy.text(PolicyField.ROUTE_HOST).orElse(null);
        int colon = authority == null ? -1 : authority.lastIndexOf(':');
        this.host = authority == null || colon < 0 ? authority : authority.substring(0, colon);
        this.port = authority == null || colon < 0 ? -1 : Integer.parseInt(authority.substring(colon + 1));
        this.fallback = policy.has("fallback") ? fallback(policy) : null;
    }

    public CallPolicy policy() {
        return policy;
    }

    /** Asked before a call is routed; null if there is none. */
    public @Nullable CallGuard guard() {
        return guard;
    }

    /** What the caller gets in place of a failure; null if it gets that. */
    public @Nullable LocalReply fallback() {
        return fallback;
    }

    /** The host to call in place of the URL's; null for that. */
    public @Nullable String host() {
        return host;
    }

    /** The port to call in place of the URL's; -1 for that. */
    public int port() {
        return port;
    }

    /** What the request carries, unless it has a header of that name already. */
    public List<Header> headers() {
        return headers;
    }

    /** The route with what the policy adds. */
    public CompiledRoute apply(MeshSnapshot snapshot, CompiledRoute route) {
        CompiledRoute found = (CompiledRoute) of(snapshot).find(route);
        return found == null ? (CompiledRoute) keep(snapshot, route, new RouteOverlay(policy, route).compile()) : found;
    }

    /** The cluster with what the policy adds. */
    public UpstreamCluster apply(MeshSnapshot snapshot, UpstreamCluster cluster) {
        if (!policy.has("connectionPool") && !policy.has("outlierDetection")) {
            return cluster;
        }
        UpstreamCluster found = (UpstreamCluster) of(snapshot).find(cluster);
        return found == null
                ? (UpstreamCluster) keep(snapshot, cluster, new ClusterOverlay(policy, cluster).compile(chance))
                : found;
    }

    /** Who decides each field of the policy for calls of that route and cluster; for people. */
    public List<PolicyChoice> choices(CompiledRoute route, @Nullable UpstreamCluster cluster) {
        RouteOverlay ofRoute = new RouteOverlay(policy, route);
        ClusterOverlay ofCluster = cluster == null ? null : new ClusterOverlay(policy, cluster);
        List<PolicyChoice> choices = new ArrayList<>();
        for (CallPolicy.Setting setting : policy.settings()) {
            boolean operators =
                    ofRoute.operators(setting.field()) || (ofCluster != null && ofCluster.operators(setting.field()));
            choices.add(operators ? PolicyChoice.operators(setting, route.istioConfig()) : PolicyChoice.of(setting));
        }
        return choices;
    }

    private Known of(MeshSnapshot snapshot) {
        Known now = known;
        return now.isOf(snapshot) ? now : Known.NOTHING;
    }

    // Two threads may compute the same; both results are good, and one is kept.
    private Object keep(MeshSnapshot snapshot, Object key, Object value) {
        known = of(snapshot).with(snapshot, key, value);
        return value;
    }

    private static LocalReply fallback(CallPolicy policy) {
        String body = policy.text(PolicyField.FALLBACK_BODY).orElse("");
        String type = policy.text(PolicyField.FALLBACK_CONTENT_TYPE).orElse("application/json");
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("content-length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length)));
        if (!body.isEmpty()) {
            headers.add(Map.entry("content-type", type));
        }
        int status = (int) policy.number(PolicyField.FALLBACK_STATUS).orElse(200);
        return new LocalReply(status, headers, body, null, "fallback");
    }

    /** A header's line; the name is in lower case. */
    public record Header(String name, String value) {

        static Header of(String line) {
            int colon = line.indexOf(':');
            return new Header(
                    line.substring(0, colon), line.substring(colon + 1).trim());
        }
    }

    /** Results by the identity of what they were made of; immutable. */
    private static final class Known {

        private static final Known NOTHING = new Known(null, new Object[0]);

        private final @Nullable MeshSnapshot snapshot;
        // Keys and values in turn: there are few, and looking one up makes no garbage.
        private final Object[] pairs;

        Known(@Nullable MeshSnapshot snapshot, Object[] pairs) {
            this.snapshot = snapshot;
            this.pairs = pairs;
        }

        @SuppressWarnings("ReferenceEquality") // a snapshot is what it is by identity
        boolean isOf(MeshSnapshot other) {
            return snapshot == other;
        }

        @SuppressWarnings("ReferenceEquality") // comparing routes by value would walk through all their parts
        @Nullable
        Object find(Object key) {
            for (int i = 0; i < pairs.length; i += 2) {
                if (pairs[i] == key) {
                    return pairs[i + 1];
                }
            }
            return null;
        }

        Known with(MeshSnapshot of, Object key, Object value) {
            Object[] more = Arrays.copyOf(pairs, pairs.length + 2);
            more[pairs.length] = key;
            more[pairs.length + 1] = value;
            return new Known(of, more);
        }
    }
}
