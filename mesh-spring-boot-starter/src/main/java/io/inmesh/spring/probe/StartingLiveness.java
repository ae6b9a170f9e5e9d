package io.inmesh.spring.probe;

import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * An application that still starts is alive. Spring Boot calls it broken until it has started, which nobody can see where the port
 * opens last; on a port that opens first the kubelet would kill whoever waits for a control service.
 */
public final class StartingLiveness implements ProbeSource {

    private final BooleanSupplier starting;
    private final Set<String> paths;

    /**
     * Answers for liveness only, and only at the start.
     *
     * @param basePath of the actuator, such as {@code /actuator}
     */
    public StartingLiveness(BooleanSupplier starting, String basePath) {
        this.starting = starting;
        this.paths = Set.of("/livez", basePath + "/health/liveness");
    }

    @Override
    public Optional<ProbeAnswer> answer(String path) {
        return paths.contains(path) && starting.getAsBoolean() ? Optional.of(ProbeAnswer.of(true)) : Optional.empty();
    }
}
