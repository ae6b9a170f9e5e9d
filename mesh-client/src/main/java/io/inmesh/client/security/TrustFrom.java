package io.inmesh.client.security;

import io.inmesh.client.security.TlsMaterial.Trust;

/** Where the roots that a peer's chain must lead to come from. Immutable. */
sealed interface TrustFrom {

    /** The trust bundle of the workload's own identity, as it turns over. */
    record Identity() implements TrustFrom {}

    /** A PEM file, as it changes. */
    record File(String path) implements TrustFrom {}

    /** Settled by the settings themselves. */
    record Given(Trust trust) implements TrustFrom {}
}
