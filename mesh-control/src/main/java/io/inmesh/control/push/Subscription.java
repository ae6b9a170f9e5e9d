package io.inmesh.control.push;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one stream asked for and got of one type, by the state-of-the-world protocol: whole sets for clusters and listeners, what is
 * new or changed for the others. Used by one thread at a time.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol">xDS protocol</a>
 */
final class Subscription {

    private final XdsType type;
    private final Map<String, EncodedResource> sent = new HashMap<>();
    private Set<String> names = Set.of();
    private boolean namesGiven;
    private boolean answered;
    private boolean resendAll;
    private boolean outstanding;
    private String nonce = "";
    private String sentVersion = "";
    private String acknowledged = "";
    private String rejection = "";

    Subscription(XdsType type) {
        this.type = type;
    }

    /** Whether a request answers something other than what was sent last, which makes it worthless. */
    boolean stale(String responseNonce) {
        return answered && !responseNonce.equals(nonce) && !responseNonce.isEmpty();
    }

    /** Takes a request that is not stale. */
    void request(Collection<String> requested, String version, String responseNonce, String error) {
        if (answered && responseNonce.equals(nonce)) {
            outstanding = false;
            rejection = error;
            acknowledged = error.isEmpty() ? version : acknowledged;
        }
        Set<String> now = new LinkedHashSet<>(requested);
        namesGiven |= !now.isEmpty();
        sent.keySet().removeIf(name -> !wildcard() && !now.contains(name));
        names = now;
    }

    boolean wildcard() {
        return type.wildcard() && (!namesGiven || names.contains("*"));
    }

    boolean outstanding() {
        return outstanding;
    }

    /** Clients that got a new set of what refers to these may have dropped them. */
    void resendAll() {
        resendAll = true;
    }

    /** What has to be sent so that the client has this set; null if nothing. */
    @Nullable
    List<EncodedResource> due(ResourceSet set) {
        List<EncodedResource> wanted = wanted(set);
        if (!answered) {
            return wanted;
        }
        if (type.wildcard()) {
            return unchanged(wanted) ? null : wanted;
        }
        List<EncodedResource> changed = new ArrayList<>();
        for (EncodedResource resource : wanted) {
            if (resendAll || !resource.sameAs(sent.get(resource.name()))) {
                changed.add(resource);
            }
        }
        resendAll = false;
        return changed.isEmpty() ? null : changed;
    }

    /** Notes that an answer goes out. */
    void sent(List<EncodedResource> resources, String version, String newNonce) {
        if (type.wildcard()) {
            sent.clear();
        }
        resources.forEach(resource -> sent.put(resource.name(), resource));
        answered = true;
        outstanding = true;
        sentVersion = version;
        nonce = newNonce;
    }

    SubscriptionStatus status() {
        List<String> shown = wildcard() ? List.of("*") : List.copyOf(names);
        return new SubscriptionStatus(type, shown, sentVersion, acknowledged, outstanding, rejection);
    }

    private List<EncodedResource> wanted(ResourceSet set) {
        if (wildcard()) {
            return List.copyOf(set.byName().values());
        }
        List<EncodedResource> wanted = new ArrayList<>();
        for (String name : names) {
            EncodedResource resource = set.byName().get(name);
            if (resource != null) {
                wanted.add(resource);
            }
        }
        return wanted;
    }

    private boolean unchanged(List<EncodedResource> wanted) {
        return wanted.size() == sent.size()
                && wanted.stream().allMatch(resource -> resource.sameAs(sent.get(resource.name())));
    }
}
