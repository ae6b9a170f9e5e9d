package io.inmesh.client.security;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestPki;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** Two engines of one process shake hands without a socket. */
final class InMemoryHandshake {

    private static final int PACKET = 1 << 16;

    private InMemoryHandshake() {}

    /** Whether a plain JSSE server takes a client that sends this name: {@code accepted}, or the exception's text. */
    static String tryName(String serverName) {
        WorkloadIdentity identity = TestPki.create().identity("default", "reviews");
        TlsContexts contexts = new TlsContexts(TlsMaterial.of(identity));
        SSLEngine client = contexts.context(PeerPolicy.anyone()).createSSLEngine();
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(List.of(new IstioServerName(serverName)));
        client.setSSLParameters(parameters);
        SSLEngine server = contexts.context(PeerPolicy.anyone()).createSSLEngine();
        server.setUseClientMode(false);
        try {
            run(client, server);
            return "accepted";
        } catch (SSLException e) {
            return e.toString();
        }
    }

    /** Runs a handshake to its end. */
    static void run(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(PACKET);
        ByteBuffer toClient = ByteBuffer.allocate(PACKET);
        client.beginHandshake();
        server.beginHandshake();
        while (busy(client) || busy(server)) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
    }

    private static boolean busy(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            default -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(PACKET));
                in.compact();
            }
        }
    }
}
