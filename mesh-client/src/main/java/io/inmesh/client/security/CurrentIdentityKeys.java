package io.inmesh.client.security;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The workload's certificate of the moment, for servers that keep one TLS context for ever. An alias names one rotation, so that a
 * handshake never gets the key of another than its chain's. Thread-safe.
 */
final class CurrentIdentityKeys extends X509ExtendedKeyManager {

    private static final String ALIAS = "mesh-";

    private final IdentityHolder identities;
    private final AtomicReference<@Nullable Rotation> latest = new AtomicReference<>();

    CurrentIdentityKeys(IdentityHolder identities) {
        this.identities = identities;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseServerAlias(keyType, issuers, null);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        Rotation now = current();
        return now == null || now.keys.chooseServerAlias(keyType, issuers, socket) == null ? null : ALIAS + now.number;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    /** There are none: these are a server's keys. */
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        CredentialKeyManager keys = named(alias);
        return keys == null ? null : keys.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        CredentialKeyManager keys = named(alias);
        return keys == null ? null : keys.getPrivateKey(alias);
    }

    private @Nullable CredentialKeyManager named(String alias) {
        for (Rotation rotation = current(); rotation != null; rotation = rotation.before) {
            if (alias.equals(ALIAS + rotation.number)) {
                return rotation.keys;
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // a change makes a new instance
    private @Nullable Rotation current() {
        TlsMaterial material = identities.material();
        Credential credential = material == null ? null : material.credential();
        if (credential == null) {
            return null;
        }
        return latest.updateAndGet(last -> last != null && last.credential == credential
                ? last
                : new Rotation(
                        last == null ? 1 : last.number + 1,
                        credential,
                        new CredentialKeyManager(credential),
                        last == null ? null : last.alone()));
    }

    /** One certificate, and for handshakes under way the one before. */
    private record Rotation(
            long number,
            Credential credential,
            CredentialKeyManager keys,
            @Nullable Rotation before) {

        Rotation alone() {
            return new Rotation(number, credential, keys, null);
        }
    }
}
