package io.inmesh.control.serve.ca;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The control service's own certificate, replaced while handshakes go on. An alias names one generation and the one before stays
 * at hand, so that a handshake never gets the key of one and the chain of another. Thread-safe.
 */
final class ServerKeyManager extends X509ExtendedKeyManager {

    private static final String EC = "EC";

    private volatile List<Generation> generations = List.of();

    /** Takes over from the next handshake on. */
    void replace(PrivateKey key, List<X509Certificate> chain) {
        List<Generation> before = generations;
        long number = before.isEmpty() ? 1 : before.get(0).number + 1;
        Generation next = new Generation(number, key, List.copyOf(chain));
        generations = before.isEmpty() ? List.of(next) : List.of(next, before.get(0));
    }

    /** The certificate that the next handshake shows. */
    X509Certificate leaf() {
        return generations.get(0).chain.get(0);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return EC.equals(keyType) ? generations.get(0).alias() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return EC.equals(keyType) ? new String[] {generations.get(0).alias()} : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Generation generation = generation(alias);
        return generation == null ? null : generation.chain.toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Generation generation = generation(alias);
        return generation == null ? null : generation.key;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private @Nullable Generation generation(String alias) {
        for (Generation generation : generations) {
            if (generation.alias().equals(alias)) {
                return generation;
            }
        }
        return null;
    }

    private record Generation(long number, PrivateKey key, List<X509Certificate> chain) {

        String alias() {
            return "control-" + number;
        }
    }
}
