package io.inmesh.client.authz.jwt;

import java.time.Duration;
import java.util.Optional;

/** Makes sources of keys that have to be fetched; the same address gives the same source, so that keys survive pushes. Thread-safe. */
public interface KeySources {

    /** Fetches nothing: tokens whose keys are elsewhere are never valid. */
    KeySources NONE = (uri, timeout, cacheFor) -> Optional.empty();

    /**
     * The keys at an address.
     *
     * @param timeout of one fetch
     * @param cacheFor after which they are looked for again
     * @return empty if they are not fetched from there, so that the operator is to be told
     */
    Optional<KeySource> fetched(String uri, Duration timeout, Duration cacheFor);
}
