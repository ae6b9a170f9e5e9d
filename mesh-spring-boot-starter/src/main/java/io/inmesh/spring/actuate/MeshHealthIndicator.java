package io.inmesh.spring.actuate;

import io.inmesh.client.MeshState;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up while the last good state works, whether or not the control service can be reached and whether or not it sent something that had
 * to be refused; down once the certificate has expired, for then no peer takes it; out of service before there is a first state.
 */
public final class MeshHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<MeshState> mesh;

    /** Looks anew at each call. */
    public MeshHealthIndicator(Supplier<MeshState> mesh) {
        super("The health of the mesh cannot be told");
        this.mesh = mesh;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        MeshState state = mesh.get();
        builder.withDetail("reason", state.reason());
        state.identity().ifPresent(id -> builder.withDetail("identity", id));
        state.identityNotAfter().ifPresent(end -> builder.withDetail("certificateExpires", end.toString()));
        state.exposed().ifPresent(sockets -> builder.withDetail("unprotectedSockets", sockets));
        if (state.health() != MeshState.Health.DOWN) {
            builder.up();
        } else if (state.versions().isEmpty() || state.identity().isEmpty()) {
            builder.outOfService();
        } else {
            builder.down();
        }
    }
}
