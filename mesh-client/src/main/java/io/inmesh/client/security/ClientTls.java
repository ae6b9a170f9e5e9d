package io.inmesh.client.security;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Mutual TLS towards the endpoints of one cluster, under one identity. As long as neither changes, {@link ClientTlsFactory} returns
 * the same instance; a connection belongs to the instance that made it. Thread-safe.
 */
public final class ClientTls {

    private final ClientTlsSettings settings;
    private final long epoch;
    private final SSLContext context;

    ClientTls(ClientTlsSettings settings, long epoch, SSLContext context) {
        this.settings = settings;
        this.epoch = epoch;
        this.context = context;
    }

    public ClientTlsSettings settings() {
        return settings;
    }

    /** The {@link HeldIdentity#epoch} that this was made under. */
    public long epoch() {
        return epoch;
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
        SSLParameters parameters = socket.getSSLParameters();
        settings.terms().applyTo(parameters);
        parameters.setApplicationProtocols(settings.applicationProtocols(http2).toArray(String[]::new));
        parameters.setServerNames(settings.sni().isEmpty() ? List.of() : List.of(new IstioServerName(settings.sni())));
        socket.setSSLParameters(parameters);
        return socket;
    }
}
