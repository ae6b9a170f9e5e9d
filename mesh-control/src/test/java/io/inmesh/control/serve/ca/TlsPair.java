package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A server that echoes bytes to callers with a certificate, and its callers: the JDK's own TLS, both with the identity as it is now. */
final class TlsPair implements AutoCloseable {

    private final AtomicReference<SSLContext> context = new AtomicReference<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket accepting;

    /** Takes over from the next handshake on. */
    void use(WorkloadIdentity identity) {
        try {
            context.set(context(identity));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Accepts one connection after another, each with the context of its moment. */
    void listen() throws IOException {
        accepting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    private void accept() {
        while (!accepting.isClosed()) {
            try {
                Socket raw = accepting.accept();
                SSLSocket accepted =
                        (SSLSocket) context.get().getSocketFactory().createSocket(raw, null, raw.getPort(), true);
                accepted.setUseClientMode(false);
                accepted.setNeedClientAuth(true);
                threads.execute(() -> echo(accepted));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void echo(SSLSocket socket) {
        try (socket) {
            for (int read = socket.getInputStream().read();
                    read >= 0;
                    read = socket.getInputStream().read()) {
                socket.getOutputStream().write(read);
            }
        } catch (IOException ended) {
            // The caller sees it and fails the test if it matters.
        }
    }

    /** A new connection, with a handshake of its own. */
    SSLSocket connect() throws IOException {
        SSLSocket socket = (SSLSocket) context.get()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), accepting.getLocalPort());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    /** One byte there and back; tells who answered. */
    static String call(SSLSocket socket, int value) throws IOException, GeneralSecurityException {
        socket.getOutputStream().write(value);
        if (socket.getInputStream().read() != value) {
            throw new IOException("the echo is wrong or the connection is gone");
        }
        return SvidVerifier.idOf((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .uri();
    }

    private static SSLContext context(WorkloadIdentity identity) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("me", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(keys, new char[0]);
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        for (X509Certificate root : identity.trustBundle()) {
            roots.setCertificateEntry(root.getSerialNumber().toString(), root);
        }
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() throws IOException {
        accepting.close();
        threads.shutdownNow();
    }
}
