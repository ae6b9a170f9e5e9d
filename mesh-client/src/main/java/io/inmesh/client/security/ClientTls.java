package io.inmesh.client.security;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * TLS towards the endpoints of one cluster, over one material. As long as neither changes, {@link ClientTlsFactory} returns the same
 * instance; a connection belongs to the instance that made it. Thread-safe.
 */
public final class ClientTls {

    private final ClientTlsFactory factory;
    private final ClientTlsSettings settings;
    private final TlsMaterial material;
    private final SSLContext context;

    ClientTls(ClientTlsFactory factory, ClientTlsSettings settings, TlsMaterial material, SSLContext context) {
        this.factory = factory;
        this.settings = settings;
        this.material = material;
        this.context = context;
    }

    public ClientTlsSettings settings() {
        return settings;
    }

    /** Whether a new connection would still be made like this; if not, existing ones serve out what is under way. */
    public boolean isCurrent() {
        return factory.isCurrent(this);
    }

    TlsMaterial material() {
        return material;
    }

    /**
     * Lays TLS over a connected socket, ready for its handshake.
     *
     * @param http2 whether HTTP/2 is announced, by prior knowledge of the cluster
     */
    public SSLSocket over(Socket connected, boolean http2) throws IOException {
        InetSocketAddress peer = (InetSocketAddress) connected.getRemoteSocketAddress();
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(connected, peer.getHostString(), peer.getPort(), true);
        socket.setUseClientMode(true);
        socket.setSSLParameters(parameters(socket.getSSLParameters(), http2));
        return socket;
    }

    /**
     * TLS for a connection that somebody else carries, ready for its handshake.
     *
     * @param host of the endpoint, for resumption
     * @param http2 whether HTTP/2 is announced, by prior knowledge of the cluster
     */
    public SSLEngine engine(String host, int port, boolean http2) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters(engine.getSSLParameters(), http2));
        return engine;
    }

    private SSLParameters parameters(SSLParameters parameters, boolean http2) {
        settings.terms().applyTo(parameters);
        parameters.setApplicationProtocols(settings.applicationProtocols(http2).toArray(String[]::new));
        parameters.setServerNames(settings.sni().isEmpty() ? List.of() : List.of(new IstioServerName(settings.sni())));
        return parameters;
    }

    /**
     * Looks at the peer of a finished handshake once more: a resumed session has asked no trust manager.
     *
     * @throws SSLPeerUnverifiedException if it is none that the cluster may have
     */
    public void requirePeer(SSLSession session) throws SSLPeerUnverifiedException {
        try {
            Certificate[] shown = session.getPeerCertificates();
            X509Certificate[] chain = Arrays.copyOf(shown, shown.length, X509Certificate[].class);
            settings.peer().check(chain, PeerCheck.Role.SERVER);
        } catch (CertificateException e) {
            SSLPeerUnverifiedException refused = new SSLPeerUnverifiedException(String.valueOf(e.getMessage()));
            refused.initCause(e);
            throw refused;
        }
    }
}
