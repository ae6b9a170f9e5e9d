package io.inmesh.agent.connect;

import io.grpc.ManagedChannel;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.util.Optional;

/** Opens connections to the control service. Thread-safe. */
@FunctionalInterface
public interface Channels {

    /**
     * A new channel; the caller shuts it down. Each attempt takes a new one, because roots, certificate and even the server's own
     * certificate may have changed since the last.
     *
     * @param identity shown as client certificate
     * @throws IOException if the roots to recognise the server by cannot be read
     */
    ManagedChannel open(Optional<WorkloadIdentity> identity) throws IOException;
}
