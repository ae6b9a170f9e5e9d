package io.inmesh.client.security;

import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * One SSLContext for each peer check over one material. All of them are dropped with the material, and with them every session that
 * could be resumed: JSSE does not ask a trust manager again when it resumes one. Thread-safe.
 */
final class TlsContexts {

    private final TlsMaterial material;
    private final Map<PeerCheck, SSLContext> byCheck = new ConcurrentHashMap<>();

    TlsContexts(TlsMaterial material) {
        this.material = material;
    }

    TlsMaterial material() {
        return material;
    }

    /** Checks come from clusters and listeners, so there are as many contexts as these have different ones. */
    SSLContext context(PeerCheck check) {
        return byCheck.computeIfAbsent(check, c -> create(material, c));
    }

    private static SSLContext create(TlsMaterial material, PeerCheck check) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys(material.credential()),
                    new TrustManager[] {new PeerTrustManager(ChainTrust.of(material.trust()), check)},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK refuses " + material, e);
        }
    }

    private static KeyManager[] keys(@Nullable Credential credential) {
        return credential == null ? new KeyManager[0] : new KeyManager[] {new CredentialKeyManager(credential)};
    }
}
