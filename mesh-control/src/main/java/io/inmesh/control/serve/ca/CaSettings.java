package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.TrustDomain;
import io.inmesh.control.config.SharedState;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operator decides about the certificate authority.
 *
 * @param trustDomain whose identities it issues
 * @param stateDirectory where root and bootstrap tokens are kept
 * @param lifetimes how long leaf certificates live
 * @param serverNames further DNS names and IP addresses that the control service is reached by, beyond localhost and istiod's
 * @param pluggedIn a folder in the layout of Istio's {@code cacerts} secret; empty for a root of our own in the state directory
 * @param shared where the mesh's own root is kept instead of the state directory
 * @param development whether bootstrap tokens are accepted; only where no Kubernetes vouches for workloads
 */
public record CaSettings(
        TrustDomain trustDomain,
        Path stateDirectory,
        LeafLifetimes lifetimes,
        List<String> serverNames,
        Optional<Path> pluggedIn,
        Optional<SharedState> shared,
        boolean development) {

    public CaSettings {
        Objects.requireNonNull(trustDomain, "trustDomain");
        Objects.requireNonNull(stateDirectory, "stateDirectory");
        Objects.requireNonNull(lifetimes, "lifetimes");
        serverNames = List.copyOf(serverNames);
    }

    /** Istio's lifetimes, no further names, no bootstrap tokens. */
    public static CaSettings of(TrustDomain trustDomain, Path stateDirectory) {
        return new CaSettings(
                trustDomain, stateDirectory, LeafLifetimes.ISTIO, List.of(), Optional.empty(), Optional.empty(), false);
    }

    public CaSettings withLifetimes(LeafLifetimes other) {
        return new CaSettings(trustDomain, stateDirectory, other, serverNames, pluggedIn, shared, development);
    }

    public CaSettings withServerNames(List<String> names) {
        return new CaSettings(trustDomain, stateDirectory, lifetimes, names, pluggedIn, shared, development);
    }

    public CaSettings withPluggedIn(Path folder) {
        return new CaSettings(
                trustDomain, stateDirectory, lifetimes, serverNames, Optional.of(folder), shared, development);
    }

    public CaSettings withShared(SharedState state) {
        return new CaSettings(
                trustDomain, stateDirectory, lifetimes, serverNames, pluggedIn, Optional.of(state), development);
    }

    public CaSettings withDevelopment(boolean on) {
        return new CaSettings(trustDomain, stateDirectory, lifetimes, serverNames, pluggedIn, shared, on);
    }
}
