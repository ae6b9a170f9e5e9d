package io.inmesh.conformance.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import okhttp3.internal.http2.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The calling end, one stream after another. Not thread-safe. */
final class CallingFrames extends Frames {

    private final StringBuilder body = new StringBuilder();
    private int stream = -1;
    private @Nullable Response head;
    private @Nullable StreamReset reset;
    private boolean finished;

    CallingFrames(Socket socket) throws IOException {
        super(socket, true);
        begin(true);
    }

    /** Sends a request and waits for the head of the response. */
    Response head(Request request, Runnable sent) throws IOException {
        stream += 2;
        body.setLength(0);
        head = null;
        reset = null;
        finished = false;
        List<okhttp3.internal.http2.Header> lines = lines(
                request.headers(),
                ":method",
                request.method(),
                ":scheme",
                "http",
                ":authority",
                request.authority(),
                ":path",
                request.path());
        send(stream, lines, request.body());
        sent.run();
        Response answer = head;
        while (answer == null) {
            read();
            answer = head;
        }
        return answer;
    }

    /** The rest of the response. */
    String body() throws IOException {
        while (!finished) {
            read();
        }
        return body.toString();
    }

    private void read() throws IOException {
        if (!next()) {
            throw new EOFException("closed before the response was complete");
        }
        StreamReset given = reset;
        if (given != null) {
            throw given;
        }
    }

    @Override
    public void headers(boolean last, int of, int associated, List<okhttp3.internal.http2.Header> block) {
        List<Header> lines = lines(block);
        if (of == stream && head == null) {
            int status = Integer.parseInt(lines.get(0).value());
            head = status < 200 ? null : new Response(status, Header.without(lines, ":status"), "");
        }
        finished |= of == stream && last;
    }

    @Override
    protected void data(int of, String text, boolean last) {
        if (of == stream) {
            body.append(text);
            finished |= last;
        }
    }

    @Override
    public void rstStream(int of, ErrorCode code) {
        if (of == stream) {
            reset = new StreamReset(code == ErrorCode.REFUSED_STREAM);
        }
    }
}
