package io.inmesh.client.telemetry;

import io.inmesh.api.spi.Deadline;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** Lets Micrometer's context propagation, if it is there, carry deadlines to Reactor's and Spring's threads. Stateless. */
public final class DeadlineAccessor implements ThreadLocalAccessor<Deadline> {

    @Override
    public Object key() {
        return Deadline.class.getName();
    }

    @Override
    public @Nullable Deadline getValue() {
        return Deadline.current();
    }

    @Override
    public void setValue(Deadline deadline) {
        Deadline.become(deadline);
    }

    @Override
    public void setValue() {
        Deadline.become(null);
    }
}
