package io.inmesh.spring.actuate;

import java.util.function.BooleanSupplier;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.application.ReadinessStateHealthIndicator;

/** The application's readiness, which waits for the mesh's first configuration. */
public final class MeshReadinessIndicator extends ReadinessStateHealthIndicator {

    private final BooleanSupplier meshReady;

    public MeshReadinessIndicator(ApplicationAvailability availability, BooleanSupplier meshReady) {
        super(availability);
        this.meshReady = meshReady;
    }

    @Override
    protected AvailabilityState getState(ApplicationAvailability availability) {
        return meshReady.getAsBoolean() ? super.getState(availability) : ReadinessState.REFUSING_TRAFFIC;
    }
}
