package io.inmesh.client.testing;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A caller that shows a certificate, or none, and believes any server: the server is what is tested. */
public final class Tls {

    private Tls() {}

    public static SSLSocket connect(int port, @Nullable WorkloadIdentity identity, String... alpn) throws IOException {
        return connect(port, identity, new String[] {"TLSv1.3", "TLSv1.2"}, alpn);
    }

    public static SSLSocket connect(int port, @Nullable WorkloadIdentity identity, String[] versions, String... alpn)
            throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout(10_000);
        SSLSocket socket =
                (SSLSocket) TestTls.believing(identity).getSocketFactory().createSocket(plain, null, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(versions);
        parameters.setApplicationProtocols(alpn);
        socket.setSSLParameters(parameters);
        return socket;
    }

    public static SSLEngine engine(@Nullable WorkloadIdentity identity, String... alpn) {
        SSLEngine engine = TestTls.believing(identity).createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(alpn);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
