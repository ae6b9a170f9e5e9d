package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.TrustDomain;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What an operator decides about the certificate authority.
 *
 * @param trustDomain whose identities it issues
 * @param stateDirectory where root and bootstrap tokens are kept
 * @param lifetimes how long leaf certificates live
 * @param serverNames further DNS names and IP addresses that the control service is reached by, beyond localhost and istiod's
 * @param development whether bootstrap tokens are accepted; only where no Kubernetes vouches for workloads
 */
public record CaSettings(
        TrustDomain trustDomain,
        Path stateDirectory,
        LeafLifetimes lifetimes,
        List<String> serverNames,
        boolean development) {

    public CaSettings {
        Objects.requireNonNull(trustDomain, "trustDomain");
        Objects.requireNonNull(stateDirectory, "stateDirectory");
        Objects.requireNonNull(lifetimes, "lifetimes");
        serverNames = List.copyOf(serverNames);
    }

    /** Istio's lifetimes, no further names, no bootstrap tokens. */
    public static CaSettings of(TrustDomain trustDomain, Path stateDirectory) {
        return new CaSettings(trustDomain, stateDirectory, LeafLifetimes.ISTIO, List.of(), false);
    }

    public CaSettings withLifetimes(LeafLifetimes other) {
        return new CaSettings(trustDomain, stateDirectory, other, serverNames, development);
    }

    public CaSettings withServerNames(List<String> names) {
        return new CaSettings(trustDomain, stateDirectory, lifetimes, names, development);
    }

    public CaSettings withDevelopment(boolean on) {
        return new CaSettings(trustDomain, stateDirectory, lifetimes, serverNames, on);
    }
}
