package io.inmesh.spring.ssl;

import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * The identity of the moment in which a store is asked for: a snapshot, that rotation does not reach afterwards. Nothing is kept, so each
 * new TLS context is of the current identity. Thread-safe.
 */
public final class MeshStores implements SslStoreBundle {

    private static final char[] NO_PASSWORD = {};
    private static final String ALIAS = "mesh";

    private final Supplier<Optional<WorkloadIdentity>> identity;

    /**
     * Stores of an identity that may come later.
     *
     * @param identity of the moment; empty before the first
     */
    public MeshStores(Supplier<Optional<WorkloadIdentity>> identity) {
        this.identity = identity;
    }

    /**
     * The workload's key and chain.
     *
     * @throws IllegalStateException before the first identity
     */
    @Override
    public KeyStore getKeyStore() {
        WorkloadIdentity held = held();
        KeyStore store = empty();
        try {
            store.setKeyEntry(ALIAS, held.key(), NO_PASSWORD, held.chain().toArray(X509Certificate[]::new));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The identity of the mesh cannot be put into a key store", e);
        }
        return store;
    }

    @Override
    public String getKeyStorePassword() {
        return "";
    }

    /**
     * The roots of the mesh.
     *
     * @throws IllegalStateException before the first identity
     */
    @Override
    public KeyStore getTrustStore() {
        KeyStore store = empty();
        try {
            int number = 0;
            for (X509Certificate root : held().trustBundle()) {
                store.setCertificateEntry(ALIAS + number++, root);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The roots of the mesh cannot be put into a trust store", e);
        }
        return store;
    }

    private WorkloadIdentity held() {
        return identity.get()
                .orElseThrow(() -> new IllegalStateException(
                        "The SSL bundle 'mesh' is asked for before the mesh has an identity: use it after the start"));
    }

    private static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The JDK has no PKCS12 stores", e);
        }
    }
}
