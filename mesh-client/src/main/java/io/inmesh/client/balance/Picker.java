package io.inmesh.client.balance;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Chooses among some endpoints. Thread-safe; a pick allocates nothing. */
interface Picker {

    /**
     * An endpoint; null if there is none.
     *
     * @param hash of the request; policies without consistent hashing do not look at it
     * @param draw 0 for the first, counted up while an endpoint is sought that need not be avoided
     */
    @Nullable
    Endpoint pick(RandomGenerator chance, long hash, int draw);
}
