package io.inmesh.client.authz.jwt;

import org.jspecify.annotations.Nullable;

/** Where an issuer's keys are at this moment. Thread-safe; never blocks. */
public interface KeySource {

    /** The keys, or why there are none: {@link KeySet#NONE} if there never will be, null if they have not come yet. */
    @Nullable
    KeySet current();

    /** Tells that a token named a key that is not among them; a source that can look again may do so. */
    default void missed() {}

    /** Keys that never change. */
    static KeySource of(KeySet keys) {
        return () -> keys;
    }
}
