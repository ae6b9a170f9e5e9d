package io.inmesh.client.balance;

import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.Host;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses endpoints of one cluster as of one snapshot. Health changes between snapshots (outlier ejection), so what a pick needs is
 * prepared once per state of health and shared. Thread-safe; a pick takes O(1), or O(log n) with unequal weights, and allocates nothing.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/overview">Envoy, load
 *     balancing</a>
 */
public final class LoadBalancer {

    private final EndpointSet endpoints;
    private final BalancerSettings settings;
    private final ClusterState state;
    private volatile HealthView view;

    public LoadBalancer(EndpointSet endpoints, LbPolicy policy, CommonLb common, ClusterState state) {
        this.endpoints = endpoints;
        this.settings = BalancerSettings.of(policy, common);
        this.state = state;
        view = HealthView.of(state.healthVersion(), endpoints, settings, state.seed());
    }

    /** An endpoint; null if none may be used. */
    public @Nullable Endpoint pick(RandomGenerator chance) {
        return view(chance).pick(chance);
    }

    /**
     * An endpoint that is not to be avoided, or the last of several draws.
     *
     * @param maxAttempts {@code host_selection_retry_max_attempts}: draws beyond the first
     */
    public @Nullable Endpoint pick(RandomGenerator chance, Predicate<Host> avoid, long maxAttempts) {
        HealthView current = view(chance);
        Endpoint picked = current.pick(chance);
        for (long i = 0; i < maxAttempts && picked != null && avoid.test(picked.host()); i++) {
            picked = current.pick(chance);
        }
        return picked;
    }

    public EndpointSet endpoints() {
        return endpoints;
    }

    /** Whether some priority has so few healthy endpoints that health is not looked at. */
    public boolean panic() {
        return view.panic();
    }

    private HealthView view(RandomGenerator chance) {
        HealthView current = view;
        int version = state.healthVersion();
        if (current.version() != version) {
            current = HealthView.of(version, endpoints, settings, chance.nextInt());
            view = current;
        }
        return current;
    }
}
