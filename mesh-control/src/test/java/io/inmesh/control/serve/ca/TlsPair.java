package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that echoes bytes to callers with a certificate, and its callers: the JDK's own TLS, both with the identity as it is now. */
final class TlsPair implements AutoCloseable {

    private final AtomicReference<SSLContext> context = new AtomicReference<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket accepting;

    /** Takes over from the next handshake on. */
    void use(WorkloadIdentity identity) {
        context.set(TestTls.of(identity));
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

    @Override
    public void close() throws IOException {
        accepting.close();
        threads.shutdownNow();
    }
}
