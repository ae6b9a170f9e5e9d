package io.inmesh.client.admin;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.client.route.MeshSnapshot;
import java.time.Instant;
import java.util.Optional;

/** The process as its admin endpoint sees it. Thread-safe; every method tells of this moment. */
public interface AdminView {

    MeshClock clock();

    /** When each resource in effect came. */
    ResourceUpdates updates();

    /** What calls go by; empty before the first complete configuration. */
    Optional<MeshSnapshot> snapshot();

    /** Who the workload is; empty if it has no identity. */
    Optional<Identity> identity();

    /** Whether calls can be made: there is a configuration and, where one is expected, an identity. */
    boolean ready();

    /** Which way a request would go. */
    Explanation explain(MeshRequest request);

    /**
     * An identity in use.
     *
     * @param since when it was taken into use
     */
    record Identity(WorkloadIdentity identity, Instant since) {}
}
