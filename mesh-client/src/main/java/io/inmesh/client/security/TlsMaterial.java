package io.inmesh.client.security;

import io.inmesh.api.identity.WorkloadIdentity;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS context is made of, as it is right now. A change of any part is another material, and so another context. Immutable.
 *
 * @param credential null if we show nothing
 * @param trust whose chains are good
 */
record TlsMaterial(@Nullable Credential credential, Trust trust) {

    static TlsMaterial of(WorkloadIdentity identity) {
        return new TlsMaterial(Credential.of(identity), new Trust.Roots(identity.trustBundle()));
    }

    /** Whose chains are good. */
    sealed interface Trust {

        /** Those that lead to one of these roots. */
        record Roots(Set<X509Certificate> certificates) implements Trust {
            public Roots {
                certificates = Set.copyOf(certificates);
            }
        }

        /** Those that the JVM's own trust store vouches for. */
        record Platform() implements Trust {}

        /** All of them: there is encryption, but nobody is told apart. */
        record Anyone() implements Trust {}
    }
}
