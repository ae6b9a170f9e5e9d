package io.inmesh.client.security;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows one credential to every peer that can use a key of its type, whatever issuers the peer names. Immutable. */
final class CredentialKeyManager extends X509ExtendedKeyManager {

    private static final String ALIAS = "mesh";

    private final Credential credential;
    private final X509Certificate[] chain;

    CredentialKeyManager(Credential credential) {
        this.credential = credential;
        this.chain = credential.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return firstUsable(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return firstUsable(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return firstUsable(keyType);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return firstUsable(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return credential.key();
    }

    private String @Nullable [] aliases(String keyType) {
        return firstUsable(keyType) == null ? null : new String[] {ALIAS};
    }

    private @Nullable String firstUsable(String... keyTypes) {
        String algorithm = chain[0].getPublicKey().getAlgorithm();
        for (String keyType : keyTypes) {
            // JSSE names EC by curve-bearing types as well, such as EC_EC for static ECDH.
            if (keyType.equals(algorithm) || keyType.startsWith(algorithm + "_")) {
                return ALIAS;
            }
        }
        return null;
    }
}
