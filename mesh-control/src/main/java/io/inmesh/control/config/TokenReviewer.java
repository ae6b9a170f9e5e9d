package io.inmesh.control.config;

import java.util.Optional;

/** Asks whoever issued a workload's token whose it is. Thread-safe; may wait for the issuer, bounded. */
@FunctionalInterface
public interface TokenReviewer {

    /** A service account that a token proves. */
    record Account(String namespace, String name) {}

    /** The account of a token that is valid for the CA; empty for any other token, and when the issuer cannot be asked. */
    Optional<Account> review(String token);
}
