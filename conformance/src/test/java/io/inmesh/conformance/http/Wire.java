package io.inmesh.conformance.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes HTTP/1.1 messages; small bodies only, held in memory. */
public final class Wire {

    private static final int LINE_LIMIT = 64 * 1024;
    private static final int BODY_LIMIT = 1024 * 1024;

    private Wire() {}

    public static void write(OutputStream out, Request request) throws IOException {
        String length = request.body().isEmpty()
                ? ""
                : "Content-Length: " + request.body().length() + "\r\n";
        send(
                out,
                request.method() + " " + request.path() + " HTTP/1.1\r\nHost: " + request.authority() + "\r\n"
                        + Header.lines(request.headers()) + length + "\r\n" + request.body());
    }

    public static void write(OutputStream out, Response response) throws IOException {
        send(
                out,
                "HTTP/1.1 " + response.status() + " \r\n" + Header.lines(response.headers()) + "content-length: "
                        + response.body().length() + "\r\n\r\n" + response.body());
    }

    /** Whether the peer speaks HTTP/2 with prior knowledge; nothing of what it said is taken. */
    public static boolean isHttp2(InputStream in) throws IOException {
        in.mark(2);
        boolean preface = in.read() == 'P' && in.read() == 'R';
        in.reset();
        return preface;
    }

    /** The next request, or null where the peer closed instead of sending one. */
    public static @Nullable Request readRequest(InputStream in) throws IOException {
        String line = readLine(in);
        if (line == null) {
            return null;
        }
        String[] parts = line.split(" ", 3);
        List<Header> headers = readHeaders(in);
        String host = Header.joined(headers, "host");
        return new Request(
                parts[0],
                parts[1],
                host == null ? "" : host,
                Header.without(headers, "host"),
                readBody(in, headers, false));
    }

    /**
     * The head of a response; its body is still to be read.
     *
     * @throws EOFException if the peer closed before the head was complete
     */
    public static Response readHead(InputStream in) throws IOException {
        String line = readLine(in);
        if (line == null) {
            throw new EOFException("closed before the response began");
        }
        int status = Integer.parseInt(line.split(" ", 3)[1]);
        List<Header> headers = readHeaders(in);
        return status < 200 ? readHead(in) : new Response(status, headers, "");
    }

    /**
     * The body that follows a head.
     *
     * @param method of the request, because a HEAD has no body
     */
    public static String readBody(InputStream in, Response head, String method) throws IOException {
        boolean empty = "HEAD".equals(method) || head.status() == 204 || head.status() == 304;
        return empty ? "" : readBody(in, head.headers(), true);
    }

    private static String readBody(InputStream in, List<Header> headers, boolean untilClosed) throws IOException {
        String length = Header.joined(headers, "content-length");
        if (length != null) {
            return readExactly(in, Integer.parseInt(length));
        }
        if ("chunked".equalsIgnoreCase(Header.joined(headers, "transfer-encoding"))) {
            return readChunks(in);
        }
        return untilClosed ? new String(in.readNBytes(BODY_LIMIT), StandardCharsets.ISO_8859_1) : "";
    }

    private static String readChunks(InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(required(readLine(in)), 16);
            body.append(readExactly(in, size));
            required(readLine(in));
            if (size == 0) {
                return body.toString();
            }
        }
    }

    private static List<Header> readHeaders(InputStream in) throws IOException {
        List<Header> headers = new ArrayList<>();
        for (String line = required(readLine(in)); !line.isEmpty(); line = required(readLine(in))) {
            int colon = line.indexOf(':');
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private static @Nullable String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                if (line.isEmpty()) {
                    return null;
                }
                throw new EOFException("closed within a line: " + line);
            }
            if (line.length() > LINE_LIMIT) {
                throw new IOException("line too long");
            }
            line.append((char) b);
        }
        int end = line.length() > 0 && line.charAt(line.length() - 1) == '\r' ? line.length() - 1 : line.length();
        return line.substring(0, end);
    }

    private static String readExactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(Math.min(length, BODY_LIMIT));
        if (bytes.length < length) {
            throw new EOFException("closed within a body");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String required(@Nullable String line) throws EOFException {
        if (line == null) {
            throw new EOFException("closed within the head");
        }
        return line;
    }

    private static void send(OutputStream out, String message) throws IOException {
        out.write(message.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
