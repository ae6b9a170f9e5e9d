package io.inmesh.client.fuzz;

import io.inmesh.client.security.ClientHelloReader;
import io.inmesh.client.security.ClientHelloReader.Progress;
import java.nio.ByteBuffer;

/** First bytes of a connection, at once and byte by byte: both ways lead to the same end, and none to an exception. */
public final class ClientHelloTarget {

    private ClientHelloTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ClientHelloReader whole = new ClientHelloReader();
        Progress atOnce = whole.feed(ByteBuffer.wrap(data));
        ClientHelloReader pieces = new ClientHelloReader();
        Progress byteByByte = Progress.MORE;
        for (int i = 0; i < data.length && byteByByte == Progress.MORE; i++) {
            byteByByte = pieces.feed(ByteBuffer.wrap(data, i, 1));
        }
        if (atOnce != byteByByte || (atOnce == Progress.DONE && !whole.hello().equals(pieces.hello()))) {
            throw new AssertionError(atOnce + " at once, " + byteByByte + " byte by byte");
        }
    }
}
