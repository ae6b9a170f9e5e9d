package io.inmesh.benchmarks.endtoend;

import io.inmesh.testkit.TestPki;
import io.inmesh.testkit.TestTls;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Mutual TLS handshakes in memory, P-256, by the JDK that our connections use. Times are of the thread, both sides together, in microseconds. */
final class Handshakes {

    private static final int ROOM = 1 << 16;

    private final SSLContext client;
    private final SSLContext server;

    Handshakes() {
        TestPki pki = TestPki.create();
        client = TestTls.of(pki.identity("bench", "caller"));
        server = TestTls.of(pki.identity("bench", "called"));
    }

    /** Nothing is remembered of an engine without an address. */
    double full() throws SSLException {
        return shake(client.createSSLEngine());
    }

    /**
     * With the session of a handshake before.
     *
     * @throws IllegalStateException if it was not resumed
     */
    double resumed() throws SSLException {
        SSLEngine first = client.createSSLEngine("called", 443);
        shake(first);
        SSLEngine second = client.createSSLEngine("called", 443);
        double micros = shake(second);
        if (first.getSession().getCreationTime() != second.getSession().getCreationTime()) {
            throw new IllegalStateException("not resumed");
        }
        return micros;
    }

    private double shake(SSLEngine caller) throws SSLException {
        long begin = System.nanoTime();
        caller.setUseClientMode(true);
        SSLEngine called = server.createSSLEngine();
        called.setUseClientMode(false);
        called.setNeedClientAuth(true);
        caller.beginHandshake();
        called.beginHandshake();
        ByteBuffer there = ByteBuffer.allocate(ROOM);
        ByteBuffer back = ByteBuffer.allocate(ROOM);
        do {
            turn(caller, back, there);
            turn(called, there, back);
        } while (busy(caller) || busy(called) || back.position() > 0 || there.position() > 0);
        return (System.nanoTime() - begin) / 1000.0;
    }

    private static boolean busy(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    /** Reads what there is and says what it has to say. */
    private void turn(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        in.flip();
        boolean goes = true;
        while (goes) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            } else if (status == HandshakeStatus.NEED_WRAP) {
                engine.wrap(ByteBuffer.allocate(0), out);
            } else if (in.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP_AGAIN) {
                int before = in.position();
                engine.unwrap(in, ByteBuffer.allocate(ROOM));
                goes = in.position() > before || engine.getHandshakeStatus() != status;
            } else {
                goes = false;
            }
        }
        in.compact();
    }
}
