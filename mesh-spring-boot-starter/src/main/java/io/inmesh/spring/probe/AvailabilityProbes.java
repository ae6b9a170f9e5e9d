package io.inmesh.spring.probe;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Liveness and readiness where the application has no actuator. */
public final class AvailabilityProbes implements ProbeSource {

    private final BooleanSupplier live;
    private final BooleanSupplier ready;

    public AvailabilityProbes(BooleanSupplier live, BooleanSupplier ready) {
        this.live = live;
        this.ready = ready;
    }

    @Override
    public Optional<ProbeAnswer> answer(String path) {
        return switch (path) {
            case "/livez" -> Optional.of(ProbeAnswer.of(live.getAsBoolean()));
            case "/readyz", "/healthz/ready" -> Optional.of(ProbeAnswer.of(ready.getAsBoolean()));
            default -> Optional.empty();
        };
    }
}
