package io.inmesh.client.adapter.tomcat;

import io.inmesh.client.authz.InboundConnection;
import java.security.cert.X509Certificate;
import org.apache.tomcat.util.net.SSLSupport;
import org.jspecify.annotations.Nullable;

/** A plaintext connection: it has facts, and none of the things that TLS would give. */
final class PlaintextSupport implements SSLSupport, MeshedConnection {

    private final InboundConnection connection;

    PlaintextSupport(InboundConnection connection) {
        this.connection = connection;
    }

    @Override
    public InboundConnection connection() {
        return connection;
    }

    @Override
    public @Nullable String getCipherSuite() {
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getPeerCertificateChain() {
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getLocalCertificateChain() {
        return null;
    }

    @Override
    public @Nullable Integer getKeySize() {
        return null;
    }

    @Override
    public @Nullable String getSessionId() {
        return null;
    }

    @Override
    public @Nullable String getProtocol() {
        return null;
    }

    @Override
    public @Nullable String getRequestedProtocols() {
        return null;
    }

    @Override
    public @Nullable String getRequestedCiphers() {
        return null;
    }
}
