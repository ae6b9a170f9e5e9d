package io.inmesh.client.resilience;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.policy.CallPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes guards; the door for a library that has breakers. Thread-safe. */
@FunctionalInterface
public interface CallGuards {

    /** Blocks of a policy that a guard is for. */
    List<String> BLOCKS = List.of("circuitBreaker", "bulkhead", "rateLimit");

    /**
     * The guard of a policy.
     *
     * @return null if the policy asks for none
     * @throws MeshConfigurationException if it asks for one that cannot be made
     */
    @Nullable
    CallGuard of(CallPolicy policy);

    /** Where no library is: a policy that asks for a guard is refused. */
    static CallGuards none() {
        return policy -> {
            for (String block : BLOCKS) {
                if (policy.has(block)) {
                    throw new MeshConfigurationException("The policy of " + policy.name() + " asks for a " + block
                            + ", which resilience4j carries: add io.github.resilience4j:resilience4j-all and"
                            + " Mesh.builder().guards(new Resilience4jGuards(MeshClock.system()))");
                }
            }
            return null;
        };
    }
}
