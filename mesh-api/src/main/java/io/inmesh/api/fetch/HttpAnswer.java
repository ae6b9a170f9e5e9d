package io.inmesh.api.fetch;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer of HTTP/1 on a connection that ends with it.
 *
 * @param location where a redirect leads; empty for none
 */
record HttpAnswer(int status, String location, String body) {

    private static final int MAX_LINE = 8192;
    private static final int MAX_HEADERS = 100;
    private static final int OK = 200;

    static HttpAnswer read(InputStream in) throws IOException {
        int status = status(line(in));
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon <= 0 || headers.size() >= MAX_HEADERS) {
                throw new IOException("an answer that is no HTTP");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        boolean redirect = status >= 300 && status < 400;
        String body = status == OK ? body(in, headers) : "";
        return new HttpAnswer(status, redirect ? headers.getOrDefault("location", "") : "", body);
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new IOException("an answer that is no HTTP");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("content-encoding", "identity").equals("identity")) {
            throw new IOException("a document in an encoding that was not asked for");
        }
        byte[] bytes;
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            bytes = chunks(in);
        } else if (headers.containsKey("content-length")) {
            int length = number(headers.get("content-length"), 10);
            bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("the document ended early");
            }
        } else {
            bytes = in.readAllBytes();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String line = line(in);
            int semicolon = line.indexOf(';');
            int size = number(semicolon < 0 ? line : line.substring(0, semicolon), 16);
            if (size == 0) {
                return all.toByteArray();
            }
            byte[] chunk = in.readNBytes(size);
            if (chunk.length < size || !line(in).isEmpty()) {
                throw new EOFException("the document ended early");
            }
            all.writeBytes(chunk);
        }
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseUnsignedInt(text.strip(), radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException odd) {
            throw new IOException("a length that is none", odd);
        }
        throw new IOException("the document is too large");
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() >= MAX_LINE) {
                throw new EOFException("an answer that is no HTTP");
            }
            line.append((char) c);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }
}
