package io.inmesh.conformance.pair;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.IdentitySource;
import java.util.function.Consumer;

/** One identity, never renewed. */
record FixedIdentity(WorkloadIdentity identity) implements IdentitySource {

    @Override
    public void start(Consumer<WorkloadIdentity> consumer) {
        consumer.accept(identity);
    }

    @Override
    public void close() {}
}
