package io.inmesh.client.security;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes the server side of mutual TLS under the current identity: a new engine for every connection, so that a rotation takes
 * effect with the next one. Needs {@link IgnoredServerName#require}. Thread-safe.
 */
public final class ServerTlsFactory {

    private final IdentityHolder identities;
    private final AtomicReference<@Nullable TlsContexts> contexts = new AtomicReference<>();

    public ServerTlsFactory(IdentityHolder identities) {
        this.identities = identities;
    }

    /** An engine that requires the caller's certificate; empty as long as the workload has no identity. */
    public Optional<SSLEngine> engine(ServerTlsSettings settings) {
        TlsMaterial material = identities.material();
        if (material == null) {
            return Optional.empty();
        }
        SSLEngine engine = contexts(material).context(settings.peer()).createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        settings.terms().applyTo(parameters);
        parameters.setNeedClientAuth(true);
        engine.setSSLParameters(parameters);
        engine.setHandshakeApplicationProtocolSelector((handshaking, offered) -> settings.select(offered));
        return Optional.of(engine);
    }

    @SuppressWarnings(
            "ReferenceEquality") // a change makes a new instance; comparing bundles by value would cost each call
    private TlsContexts contexts(TlsMaterial material) {
        TlsContexts current = contexts.get();
        if (current != null && current.material() == material) {
            return current;
        }
        TlsContexts next = new TlsContexts(material);
        contexts.set(next);
        return next;
    }
}
