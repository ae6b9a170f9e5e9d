package io.inmesh.api.spi;

import io.inmesh.api.identity.WorkloadIdentity;
import java.util.function.Consumer;

/**
 * Where a workload's identity comes from: the mesh agent, files, a SPIFFE Workload API. An implementation keeps renewing until it
 * is closed and never hands over an identity that it has not verified itself. Thread-safe.
 */
public interface IdentitySource extends AutoCloseable {

    /**
     * Begins to deliver. The consumer gets the current identity at once if there is one, and every later one; it is called by one
     * thread at a time and must not block.
     */
    void start(Consumer<WorkloadIdentity> consumer);

    /** Stops renewing; the identity handed over last stays valid for as long as its certificate is. */
    @Override
    void close();
}
