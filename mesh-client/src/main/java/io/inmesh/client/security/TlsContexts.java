package io.inmesh.client.security;

import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * One SSLContext for each peer policy under one identity. All of them are dropped with the identity, and with them every session
 * that could be resumed. Thread-safe.
 */
final class TlsContexts {

    private final HeldIdentity held;
    private final Map<PeerPolicy, SSLContext> byPolicy = new ConcurrentHashMap<>();

    TlsContexts(HeldIdentity held) {
        this.held = held;
    }

    HeldIdentity held() {
        return held;
    }

    /** Policies come from clusters and listeners, so there are as many contexts as these have different ones. */
    SSLContext context(PeerPolicy policy) {
        return byPolicy.computeIfAbsent(policy, p -> create(held.identity(), p));
    }

    private static SSLContext create(WorkloadIdentity identity, PeerPolicy policy) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new IdentityKeyManager(identity)},
                    new TrustManager[] {PeerTrustManager.over(identity.trustBundle(), policy)},
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The JDK refuses the identity " + identity, e);
        }
    }
}
