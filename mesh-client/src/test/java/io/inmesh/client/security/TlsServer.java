package io.inmesh.client.security;

import io.inmesh.api.identity.SvidVerifier;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLPeerUnverifiedException;

/** A server over {@link ServerTlsFactory}'s engines that tells each caller who it is and what was agreed, then closes. */
final class TlsServer implements AutoCloseable {

    private static final int PACKET = 1 << 15;

    private final ServerSocket listener;
    private final Supplier<SSLEngine> engines;

    TlsServer(Supplier<SSLEngine> engines) throws IOException {
        this.engines = engines;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "tls-server");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                answer(socket, engines.get());
            } catch (IOException e) {
                // Refused handshakes are part of the tests; the client sees them.
            }
        }
    }

    private static void answer(Socket socket, SSLEngine engine) throws IOException {
        socket.setSoTimeout(5000);
        ByteBuffer in = ByteBuffer.allocate(PACKET);
        in.limit(0);
        engine.beginHandshake();
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            step(socket, engine, in);
        }
        String line = "peer=" + peer(engine) + " alpn=" + engine.getApplicationProtocol() + "\n";
        send(socket, engine, ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        engine.closeOutbound();
        send(socket, engine, ByteBuffer.allocate(0));
    }

    private static String peer(SSLEngine engine) throws IOException {
        try {
            return SvidVerifier.idOf((X509Certificate) engine.getSession().getPeerCertificates()[0])
                    .toString();
        } catch (SSLPeerUnverifiedException e) {
            return "nobody";
        } catch (CertificateException e) {
            throw new IOException("The peer has no SPIFFE ID", e);
        }
    }

    private static void step(Socket socket, SSLEngine engine, ByteBuffer in) throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> send(socket, engine, ByteBuffer.allocate(0));
            default -> {
                SSLEngineResult result =
                        reporting(socket, engine, () -> engine.unwrap(in, ByteBuffer.allocate(PACKET)));
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                    in.compact();
                    byte[] received = new byte[in.remaining()];
                    int n = socket.getInputStream().read(received);
                    if (n < 0) {
                        throw new EOFException();
                    }
                    in.put(received, 0, n).flip();
                }
            }
        }
    }

    /** A refused peer is told so by an alert. */
    private static <T> T reporting(Socket socket, SSLEngine engine, Callable<T> step) throws IOException {
        try {
            return step.call();
        } catch (IOException e) {
            send(socket, engine, ByteBuffer.allocate(0));
            throw e;
        } catch (Exception e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void send(Socket socket, SSLEngine engine, ByteBuffer plain) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(PACKET);
        engine.wrap(plain, out);
        socket.getOutputStream().write(out.array(), 0, out.position());
    }
}
