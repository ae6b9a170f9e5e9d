package io.inmesh.client.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP/2 as bytes on a socket: one request of any header fields, sound or not, and the kind of answer. */
public final class RawHttp2 implements AutoCloseable {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Socket socket;

    /** Speaks with prior knowledge, or over what ALPN negotiated. */
    public RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        ByteArrayOutputStream opening = new ByteArrayOutputStream();
        opening.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        opening.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        socket.getOutputStream().write(opening.toByteArray());
    }

    /**
     * Sends a request without a body.
     *
     * @param fields name, value, name, value, as they are
     * @return {@code headers}, {@code reset}, {@code goaway} or {@code closed}, whatever comes first
     */
    public String request(String... fields) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0); // a literal, not indexed, with a new name
            text(block, fields[i]);
            text(block, fields[i + 1]);
        }
        socket.getOutputStream().write(frame(HEADERS, END_STREAM | END_HEADERS, 1, block.toByteArray()));
        try {
            return answer(new DataInputStream(socket.getInputStream()));
        } catch (IOException closed) {
            return "closed";
        }
    }

    private String answer(DataInputStream in) throws IOException {
        while (true) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            in.readInt();
            in.readNBytes(length);
            switch (type) {
                case HEADERS, DATA -> {
                    return "headers";
                }
                case RESET -> {
                    return "reset";
                }
                case GO_AWAY -> {
                    return "goaway";
                }
                case SETTINGS -> {
                    if ((flags & 1) == 0) {
                        socket.getOutputStream().write(frame(SETTINGS, 1, 0, new byte[0]));
                    }
                }
                default -> {
                    // Windows and pings are of no interest.
                }
            }
        }
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        block.write(bytes.length); // shorter than 127
        block.writeBytes(bytes);
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        frame.write(0);
        frame.write(0);
        frame.write(0);
        frame.write(stream);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
