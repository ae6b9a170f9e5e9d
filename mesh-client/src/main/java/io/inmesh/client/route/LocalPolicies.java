package io.inmesh.client.route;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyField;
import io.inmesh.client.resilience.CallGuards;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The policies that an application has set for its own calls. Thread-safe. */
public final class LocalPolicies {

    /** Policies are made once for each client and method; more of them come from one who makes them for each call. */
    private static final int MOST = 10_000;

    private final CallGuards guards;
    private final RandomGenerator chance;
    private final boolean faults;
    private final Map<CallPolicy, LocalPolicy> prepared = new ConcurrentHashMap<>();

    /**
     * None yet.
     *
     * @param chance thread-safe
     * @param faults whether applications may inject faults into their own calls
     */
    public LocalPolicies(CallGuards guards, RandomGenerator chance, boolean faults) {
        this.guards = guards;
        this.chance = chance;
        this.faults = faults;
    }

    /**
     * The policy ready for use; the same each time.
     *
     * @param policy null for none, as is an empty one
     * @throws MeshConfigurationException if it cannot take effect; the message says why
     */
    public @Nullable LocalPolicy of(@Nullable CallPolicy policy) {
        if (policy == null) {
            return null;
        }
        LocalPolicy known = prepared.get(policy);
        return known != null || policy.isEmpty() ? known : prepare(policy);
    }

    private LocalPolicy prepare(CallPolicy policy) {
        if (prepared.size() >= MOST) {
            throw new MeshConfigurationException(
                    "There are " + MOST + " policies already: make one for each client, not for each call");
        }
        check(policy);
        return prepared.computeIfAbsent(policy, fresh -> new LocalPolicy(fresh, guards.of(fresh), chance));
    }

    private void check(CallPolicy policy) {
        policy.setting(PolicyField.RETRY_ON).ifPresent(setting -> {
            try {
                RetryWords.read(policy.list(PolicyField.RETRY_ON), new HashSet<>(), new HashSet<>());
            } catch (IllegalArgumentException e) {
                throw new MeshConfigurationException(setting.source() + ": retryOn: " + e.getMessage(), e);
            }
        });
        policy.setting(PolicyField.ROUTE_HOST).ifPresent(setting -> {
            if (!setting.value().toString().matches("[A-Za-z0-9_.-]+(:\\d{1,5})?")) {
                throw new MeshConfigurationException(
                        setting.source() + ": '" + setting.value() + "' is no host such as reviews or reviews:9080");
            }
        });
        if (policy.has("fault") && !faults) {
            throw new MeshConfigurationException("The policy of " + policy.name()
                    + " injects faults, which only tests may: set mesh.faults.enabled=true in their profile");
        }
        if (policy.has("fault")
                && policy.setting(PolicyField.FAULT_DELAY).isEmpty()
                && policy.setting(PolicyField.FAULT_ABORT_STATUS).isEmpty()) {
            throw new MeshConfigurationException("The policy of " + policy.name()
                    + " asks for a fault that neither delays nor aborts: set its delay or its status");
        }
    }
}
