package io.inmesh.client.security;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ClientHello from a connection's first bytes, in whatever pieces they come: one byte at a time, spread over TLS records of
 * one byte, with the handshake header itself split between records. It does work in proportion to the bytes, keeps at most
 * {@link #MAX_HELLO} of them and never guesses: what is not a whole, well-formed ClientHello is refused, so that no fragmentation
 * leads to a decision taken without it (CVE-2026-75595, CVE-2026-75596). One connection's; not thread-safe.
 */
public final class ClientHelloReader {

    /** The largest ClientHello that is read, as Envoy's {@code max_client_hello_size}. */
    public static final int MAX_HELLO = 16 * 1024;

    /** The most bytes that the records around it may take. */
    public static final int MAX_BYTES = 48 * 1024;

    /** The first byte of a TLS handshake record. */
    public static final byte HANDSHAKE = 22;

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int MAX_RECORD = 1 << 14;
    private static final int INITIAL = 1024;

    /** Where the reader stands. */
    public enum Progress {
        /** Whole records are missing; feed more. */
        MORE,
        /** {@link #hello()} has it. */
        DONE,
        /** Not a ClientHello, or too large a one; {@link #refusal()} says why. Final. */
        REFUSED
    }

    private final byte[] recordHeader = new byte[RECORD_HEADER];
    private int headerLength;
    private int recordLeft;
    private byte[] message = new byte[INITIAL];
    private int messageLength;
    private int total;
    private Progress progress = Progress.MORE;
    private @Nullable ClientHello hello;
    private @Nullable String refusal;

    /** Consumes the next bytes, at most up to the end of the ClientHello. Further calls after the end change nothing. */
    public Progress feed(ByteBuffer bytes) {
        try {
            while (progress == Progress.MORE && bytes.hasRemaining()) {
                if (recordLeft == 0) {
                    readHeader(bytes);
                } else {
                    readFragment(bytes);
                }
            }
        } catch (ProtocolException e) {
            refusal = e.getMessage();
            progress = Progress.REFUSED;
        }
        return progress;
    }

    /**
     * The hello.
     *
     * @throws IllegalStateException before {@link Progress#DONE}
     */
    public ClientHello hello() {
        if (hello == null) {
            throw new IllegalStateException("The ClientHello is not complete: " + progress);
        }
        return hello;
    }

    /** Why the bytes were refused; empty if they were not. */
    public String refusal() {
        return refusal == null ? "" : refusal;
    }

    private void readHeader(ByteBuffer bytes) throws ProtocolException {
        count(1);
        recordHeader[headerLength++] = bytes.get();
        if (headerLength == 1 && recordHeader[0] != HANDSHAKE) {
            throw new ProtocolException("a record that is no handshake record before the end of the ClientHello");
        }
        if (headerLength == 2 && recordHeader[1] != 3) {
            throw new ProtocolException("not a TLS record");
        }
        if (headerLength == RECORD_HEADER) {
            headerLength = 0;
            recordLeft = ((recordHeader[3] & 0xff) << 8) | (recordHeader[4] & 0xff);
            if (recordLeft == 0 || recordLeft > MAX_RECORD) {
                throw new ProtocolException("a handshake record of " + recordLeft + " bytes");
            }
        }
    }

    private void readFragment(ByteBuffer bytes) throws ProtocolException {
        int length = Math.min(Math.min(recordLeft, bytes.remaining()), missing());
        count(length);
        if (messageLength + length > message.length) {
            message = Arrays.copyOf(message, Math.max(messageLength + length, message.length * 2));
        }
        bytes.get(message, messageLength, length);
        messageLength += length;
        recordLeft -= length;
        if (messageLength >= HANDSHAKE_HEADER && missing() == 0) {
            hello = ClientHelloParser.parse(
                    ByteBuffer.wrap(message, HANDSHAKE_HEADER, messageLength - HANDSHAKE_HEADER));
            progress = Progress.DONE;
        }
    }

    /** How many bytes of the handshake message are missing, as far as it is known yet. */
    private int missing() throws ProtocolException {
        if (messageLength < HANDSHAKE_HEADER) {
            return HANDSHAKE_HEADER - messageLength;
        }
        if (message[0] != 1) {
            throw new ProtocolException("a handshake that begins with message " + message[0] + ", not a ClientHello");
        }
        int length = ((message[1] & 0xff) << 16) | ((message[2] & 0xff) << 8) | (message[3] & 0xff);
        if (length > MAX_HELLO) {
            throw new ProtocolException("a ClientHello of " + length + " bytes");
        }
        return HANDSHAKE_HEADER + length - messageLength;
    }

    private void count(int bytes) throws ProtocolException {
        total += bytes;
        if (total > MAX_BYTES) {
            throw new ProtocolException("a ClientHello in more than " + MAX_BYTES + " bytes of records");
        }
    }
}
