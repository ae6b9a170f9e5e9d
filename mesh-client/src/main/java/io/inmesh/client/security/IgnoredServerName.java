package io.inmesh.client.security;

import io.inmesh.api.error.MeshConfigurationException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSSE's server side ignore the server name of a ClientHello. It would otherwise end every handshake of an Istio peer, whose
 * names have underscores (docs/adr/0006). JSSE reads the setting once, at the first server handshake of the process.
 */
public final class IgnoredServerName {

    private static final String PROPERTY = "jdk.tls.server.disableExtensions";
    private static final String EXTENSION = "server_name";
    private static final String ISTIOS_NAME = "outbound_.9080_.v1_.reviews.default.svc.cluster.local";
    private static final int PACKET = 1 << 15;

    private IgnoredServerName() {}

    /**
     * Sets the property and tries it with a handshake in memory. Every TLS server of the process that rests on JSSE no longer sees
     * server names then; Tomcat and Netty read them by themselves and are not affected, Jetty's choice of certificates by name is.
     *
     * @throws MeshConfigurationException if another TLS server was first
     */
    public static void require() {
        String disabled = System.getProperty(PROPERTY, "");
        if (!List.of(disabled.split(",", -1)).contains(EXTENSION)) {
            System.setProperty(PROPERTY, disabled.isEmpty() ? EXTENSION : disabled + "," + EXTENSION);
        }
        if (!serverGetsPastTheName()) {
            throw new MeshConfigurationException(
                    "A TLS server of this process was started before the mesh, so that JSSE"
                            + " still refuses the server names of Istio's peers. Start the JVM with -D" + PROPERTY + "="
                            + EXTENSION + ", or create the mesh before the first TLS server.");
        }
    }

    /** The server asks for a certificate only after it has read the ClientHello's extensions; that it has none does not matter. */
    private static boolean serverGetsPastTheName() {
        try {
            Asked asked = new Asked();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {asked}, null, null);
            SSLEngine server = context.createSSLEngine();
            server.setUseClientMode(false);
            ByteBuffer hello = clientHello(context);
            try {
                answer(server, hello);
            } catch (SSLException e) {
                // Expected in both cases: refused name, or no certificate. Which one it was, the key manager knows.
                return asked.asked;
            }
            return asked.asked;
        } catch (GeneralSecurityException | SSLException e) {
            throw new MeshConfigurationException("This JDK has no usable TLS", e);
        }
    }

    private static void answer(SSLEngine server, ByteBuffer hello) throws SSLException {
        server.unwrap(hello, ByteBuffer.allocate(PACKET));
        for (Runnable task = server.getDelegatedTask(); task != null; task = server.getDelegatedTask()) {
            task.run();
        }
        server.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(PACKET));
    }

    private static ByteBuffer clientHello(SSLContext context) throws SSLException {
        SSLEngine client = context.createSSLEngine();
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(List.of(new IstioServerName(ISTIOS_NAME)));
        client.setSSLParameters(parameters);
        ByteBuffer hello = ByteBuffer.allocate(PACKET);
        client.wrap(ByteBuffer.allocate(0), hello);
        return hello.flip();
    }

    /** Has no certificate, and remembers that it was asked for one. */
    private static final class Asked extends X509ExtendedKeyManager {

        private boolean asked;

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            asked = true;
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }
}
