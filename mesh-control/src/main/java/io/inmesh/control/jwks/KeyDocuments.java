package io.inmesh.control.jwks;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.KeyAddress;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The keys that policies name by address. A document that came once stays until another comes, for a week at most; an address that
 * no policy names any more is forgotten. Thread-safe.
 */
public final class KeyDocuments {

    private static final System.Logger LOG = System.getLogger(KeyDocuments.class.getName());

    private final Map<KeyAddress, KeyDocument> documents = new ConcurrentHashMap<>();
    private final KeyFetch fetch;
    private final KeyFiles files;
    private final MeshClock clock;
    private final Executor workers;
    private final Runnable changed;

    /**
     * Keys of no policy yet.
     *
     * @param workers run fetches, which block
     * @param changed is told when some document is another one than before
     */
    public KeyDocuments(KeyFetch fetch, KeyFiles files, MeshClock clock, Executor workers, Runnable changed) {
        this.fetch = fetch;
        this.files = files;
        this.clock = clock;
        this.workers = workers;
        this.changed = changed;
    }

    /** Looks after exactly these addresses from now on. */
    public void watch(Collection<KeyAddress> addresses) {
        Set<KeyAddress> wanted = Set.copyOf(addresses);
        documents.keySet().retainAll(wanted);
        for (KeyAddress address : wanted) {
            documents.computeIfAbsent(address, added -> new KeyDocument(files.read(added), clock.nanoTime()));
        }
        tick();
    }

    /** The documents that there are. */
    public Map<KeyAddress, String> current() {
        Map<KeyAddress, String> current = new HashMap<>();
        documents.forEach((address, document) ->
                document.current(clock.nanoTime()).ifPresent(json -> current.put(address, json)));
        return Map.copyOf(current);
    }

    /** To be called every second or so: starts what is due. */
    public void tick() {
        documents.forEach((address, document) -> {
            if (document.begin(clock.nanoTime())) {
                workers.execute(() -> run(address, document));
            }
        });
    }

    private void run(KeyAddress address, KeyDocument document) {
        try {
            String json = fetch(address);
            if (document.succeeded(json, clock.nanoTime())) {
                files.write(address, json);
                changed.run();
            }
        } catch (IOException | RuntimeException unreachable) {
            // Nothing may end the one who would try again.
            LOG.log(Level.WARNING, "keys of " + address + " cannot be fetched: " + unreachable);
            document.failed(clock.nanoTime());
        }
    }

    private String fetch(KeyAddress address) throws IOException {
        URI keys =
                address.discovery() ? Discovery.keysOf(fetch.fetch(address.uri(), address.timeout())) : address.uri();
        String json = fetch.fetch(keys, address.timeout());
        if (!json.contains("\"keys\"")) {
            throw new IOException(keys + " is no JWKS");
        }
        return json;
    }
}
