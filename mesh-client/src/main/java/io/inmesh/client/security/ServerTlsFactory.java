package io.inmesh.client.security;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes the server side of mutual TLS under the current identity: a new engine for every connection, so that a rotation takes
 * effect with the next one. Needs {@link IgnoredServerName#require}. Thread-safe.
 */
public final class ServerTlsFactory {

    private final IdentityHolder identities;
    private final CurrentRoots roots;
    private final AtomicReference<@Nullable TlsContexts> contexts = new AtomicReference<>();

    public ServerTlsFactory(IdentityHolder identities) {
        this.identities = identities;
        this.roots = new CurrentRoots(identities);
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

    /** The workload's certificate of the moment, for a server that keeps one TLS context. */
    public KeyManager keyManager() {
        return new CurrentIdentityKeys(identities);
    }

    /** Callers of the moment's roots, for a server that keeps one TLS context; {@link #check} says which of them are welcome. */
    public TrustManager trustManager() {
        return roots;
    }

    /**
     * Judges a caller by the roots of this moment and by a filter chain's settings.
     *
     * @param chain the caller's own certificate first
     * @throws CertificateException if it is not welcome
     */
    public void check(ServerTlsSettings settings, X509Certificate[] chain) throws CertificateException {
        roots.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
        settings.peer().check(chain, PeerCheck.Role.CLIENT);
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
