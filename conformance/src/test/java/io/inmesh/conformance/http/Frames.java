package io.inmesh.conformance.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.Http2Reader;
import okhttp3.internal.http2.Http2Writer;
import okhttp3.internal.http2.Settings;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.Okio;

/**
 * One end of an HTTP/2 connection with prior knowledge, frame by frame, so that a row can say which frame comes. Framing and header
 * compression are OkHttp's; nothing of its client is in between. One thread reads, any may write.
 */
public abstract class Frames implements Http2Reader.Handler, Closeable {

    protected final Http2Writer writer;
    private final Http2Reader reader;
    private final Socket socket;

    protected Frames(Socket socket, boolean calls) throws IOException {
        this(socket, Okio.buffer(Okio.source(socket)), calls);
    }

    protected Frames(Socket socket, BufferedSource in, boolean calls) throws IOException {
        this.socket = socket;
        this.reader = new Http2Reader(in, calls);
        this.writer = new Http2Writer(Okio.buffer(Okio.sink(socket)), calls);
    }

    /** Says which protocol this is; a server reads the caller's word for it first. */
    protected final void begin(boolean calls) throws IOException {
        if (calls) {
            writer.connectionPreface();
        } else {
            reader.readConnectionPreface(this);
        }
        writer.settings(new Settings());
    }

    /** Takes the next frame; false at the end. */
    protected final boolean next() throws IOException {
        return reader.nextFrame(false, this);
    }

    /** Sends a message's headers and body. */
    protected final void send(int stream, List<okhttp3.internal.http2.Header> head, String body) throws IOException {
        Buffer data = new Buffer().writeUtf8(body);
        writer.headers(body.isEmpty(), stream, head);
        if (!body.isEmpty()) {
            writer.data(true, stream, data, (int) data.size());
        }
        writer.flush();
    }

    /** A message's own headers behind the pseudo headers. */
    protected static List<okhttp3.internal.http2.Header> lines(List<Header> headers, String... pseudo) {
        List<okhttp3.internal.http2.Header> lines = new ArrayList<>();
        for (int i = 0; i < pseudo.length; i += 2) {
            lines.add(new okhttp3.internal.http2.Header(pseudo[i], pseudo[i + 1]));
        }
        headers.forEach(header -> lines.add(new okhttp3.internal.http2.Header(header.lowerName(), header.value())));
        return lines;
    }

    /** The values that came, with pseudo headers under their names. */
    protected static List<Header> lines(List<okhttp3.internal.http2.Header> block) {
        return block.stream()
                .map(line -> new Header(line.name.utf8(), line.value.utf8()))
                .toList();
    }

    @Override
    public final void data(boolean finished, int stream, BufferedSource source, int length) throws IOException {
        String text = source.readUtf8(length);
        if (length > 0) {
            writer.windowUpdate(0, length);
        }
        data(stream, text, finished);
    }

    /** Some of a body. */
    protected abstract void data(int stream, String text, boolean finished) throws IOException;

    @Override
    public final void settings(boolean clearPrevious, Settings settings) {
        try {
            writer.applyAndAckSettings(settings);
        } catch (IOException e) {
            // The peer is gone; who reads next will see.
            closeQuietly();
        }
    }

    @Override
    public final void ping(boolean reply, int first, int second) {
        if (reply) {
            return;
        }
        try {
            writer.ping(true, first, second);
        } catch (IOException e) {
            closeQuietly();
        }
    }

    @Override
    public void rstStream(int stream, ErrorCode code) {}

    @Override
    public void goAway(int lastStream, ErrorCode code, ByteString debugData) {}

    @Override
    public final void ackSettings() {}

    @Override
    public final void windowUpdate(int stream, long increment) {}

    @Override
    public final void priority(int stream, int dependency, int weight, boolean exclusive) {}

    @Override
    public final void pushPromise(int stream, int promised, List<okhttp3.internal.http2.Header> request) {}

    @Override
    public final void alternateService(
            int stream, String origin, ByteString protocol, String host, int port, long maxAge) {}

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void closeQuietly() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
