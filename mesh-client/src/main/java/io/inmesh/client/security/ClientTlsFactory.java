package io.inmesh.client.security;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Hands out {@link ClientTls} under the current identity. Thread-safe; after the first call of an epoch it is one map look-up. */
public final class ClientTlsFactory {

    private final IdentityHolder identities;
    private final AtomicReference<@Nullable Generation> generation = new AtomicReference<>();

    public ClientTlsFactory(IdentityHolder identities) {
        this.identities = identities;
    }

    /** Empty as long as the workload has no identity; a cluster that asks for mutual TLS cannot be called then. */
    public Optional<ClientTls> current(ClientTlsSettings settings) {
        return identities.current().map(held -> generation(held).tls(settings));
    }

    private Generation generation(HeldIdentity held) {
        Generation current = generation.get();
        if (current != null && current.contexts.held().epoch() >= held.epoch()) {
            return current;
        }
        Generation next = new Generation(new TlsContexts(held));
        return generation.compareAndSet(current, next) ? next : generation(held);
    }

    private record Generation(TlsContexts contexts, Map<ClientTlsSettings, ClientTls> bySettings) {

        Generation(TlsContexts contexts) {
            this(contexts, new ConcurrentHashMap<>());
        }

        ClientTls tls(ClientTlsSettings settings) {
            ClientTls known = bySettings.get(settings);
            return known != null
                    ? known
                    : bySettings.computeIfAbsent(
                            settings, s -> new ClientTls(s, contexts.held().epoch(), contexts.context(s.peer())));
        }
    }
}
