package io.inmesh.client.security;

/** Where the credential that we show comes from. Immutable. */
sealed interface CredentialFrom {

    /** We show none. */
    record Nowhere() implements CredentialFrom {}

    /** The workload's own identity, as it turns over. */
    record Identity() implements CredentialFrom {}

    /** Two PEM files, as they change. */
    record Files(String chain, String key) implements CredentialFrom {}
}
