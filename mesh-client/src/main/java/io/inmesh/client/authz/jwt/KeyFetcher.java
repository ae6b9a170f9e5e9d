package io.inmesh.client.authz.jwt;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Gets a document; blocks. A fetcher of {@code io.inmesh.api.fetch} is one. Thread-safe. */
@FunctionalInterface
public interface KeyFetcher {

    /**
     * The document as text.
     *
     * @throws IOException if it cannot be had
     */
    String fetch(URI uri, Duration timeout) throws IOException;
}
