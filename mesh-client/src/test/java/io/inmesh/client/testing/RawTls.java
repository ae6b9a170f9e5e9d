package io.inmesh.client.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** A TLS caller whose every byte on the wire is in the test's hands. */
public final class RawTls implements AutoCloseable {

    private static final int SIZE = 1 << 16;
    private static final int RECORD_HEADER = 5;

    private final Socket socket;
    private final SSLEngine engine;
    private final boolean byteByByte;
    private final ByteBuffer received = ByteBuffer.allocate(SIZE).limit(0);
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();

    /** Connects; with {@code byteByByte} each byte is a TCP segment of its own. */
    public RawTls(int port, SSLEngine engine, boolean byteByByte) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setTcpNoDelay(true);
        this.socket.setSoTimeout(10_000);
        this.engine = engine;
        this.byteByByte = byteByByte;
    }

    /** A handshake record as many records of so many bytes of the same message. */
    public static byte[] inRecordsOf(byte[] record, int length) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int from = RECORD_HEADER; from < record.length; from += length) {
            int size = Math.min(length, record.length - from);
            records.write(record, 0, 3);
            records.write(size >> 8);
            records.write(size);
            records.write(record, from, size);
        }
        return records.toByteArray();
    }

    /** Shakes hands with a ClientHello that is changed on its way. */
    public void handshake(UnaryOperator<byte[]> hello) throws IOException {
        engine.beginHandshake();
        boolean first = true;
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    byte[] out = wrap("");
                    send(first ? hello.apply(out) : out);
                    first = false;
                }
                default -> unwrap();
            }
        }
    }

    /** A request, and all of its answer up to the given text. */
    public String exchange(String request, String until) throws IOException {
        send(wrap(request));
        while (!plain.toString(StandardCharsets.ISO_8859_1).contains(until)) {
            unwrap();
        }
        return plain.toString(StandardCharsets.ISO_8859_1);
    }

    /** Begins another handshake on the open connection. */
    public void renegotiate() throws IOException {
        engine.beginHandshake();
        send(wrap(""));
    }

    public void send(byte[] bytes) throws IOException {
        if (!byteByByte) {
            socket.getOutputStream().write(bytes);
            return;
        }
        for (byte next : bytes) {
            socket.getOutputStream().write(next);
            socket.getOutputStream().flush();
        }
    }

    /** Reads and deciphers once. */
    public void unwrap() throws IOException {
        ByteBuffer out = ByteBuffer.allocate(SIZE);
        SSLEngineResult result = engine.unwrap(received, out);
        plain.write(out.array(), 0, out.position());
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new IOException("closed by TLS");
        }
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            fill(socket.getInputStream());
        }
    }

    private void fill(InputStream in) throws IOException {
        byte[] more = new byte[SIZE / 2];
        int length = in.read(more);
        if (length < 0) {
            throw new IOException("closed by the server");
        }
        received.compact().put(more, 0, length).flip();
    }

    private byte[] wrap(String text) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(SIZE);
        engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
