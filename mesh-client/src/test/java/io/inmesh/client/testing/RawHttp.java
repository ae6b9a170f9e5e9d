package io.inmesh.client.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** HTTP/1.1 as bytes on a socket. */
public final class RawHttp implements AutoCloseable {

    private final Socket socket;

    public RawHttp(Socket socket) {
        this.socket = socket;
    }

    public static RawHttp plaintext(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return new RawHttp(socket);
    }

    /** A GET with keep-alive, and its answer. */
    public String get(String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: httpbin\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return exchange(request.append("\r\n").toString());
    }

    /** Sends bytes and reads one answer; empty if the server closes without one. */
    public String exchange(String request) throws IOException {
        send(request);
        return answer();
    }

    public void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** One answer with a content length; empty if the server closes without one. */
    public String answer() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return head.toString(StandardCharsets.ISO_8859_1);
                }
                head.write(next);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            return text + new String(in.readNBytes(length(text)), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            // A reset is a close, too.
            return head.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
