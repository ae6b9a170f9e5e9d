package io.inmesh.conformance.echo;

import io.inmesh.conformance.http.Frames;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.internal.http2.ErrorCode;
import okio.BufferedSource;

/** An endpoint's end of an HTTP/2 connection; each stream is answered on a thread of its own. */
final class AnsweringFrames extends Frames {

    private final EchoServer owner;
    private final int number;
    private final Map<Integer, Request> incomplete = new ConcurrentHashMap<>();

    AnsweringFrames(Socket socket, BufferedSource in, EchoServer owner, int number) throws IOException {
        super(socket, in, false);
        this.owner = owner;
        this.number = number;
    }

    void serve() throws IOException {
        begin(false);
        while (next()) {
            // Frames are handled as they come.
        }
    }

    @Override
    public void headers(boolean last, int stream, int associated, List<okhttp3.internal.http2.Header> block) {
        List<Header> lines = lines(block);
        Request request = new Request(
                value(lines, ":method"),
                value(lines, ":path"),
                value(lines, ":authority"),
                lines.stream().filter(line -> !line.name().startsWith(":")).toList(),
                "");
        if (last) {
            answer(stream, request);
        } else {
            incomplete.put(stream, request);
        }
    }

    @Override
    protected void data(int stream, String text, boolean last) {
        Request soFar = incomplete.get(stream);
        if (soFar == null) {
            return;
        }
        Request request =
                new Request(soFar.method(), soFar.path(), soFar.authority(), soFar.headers(), soFar.body() + text);
        incomplete.put(stream, request);
        if (last) {
            incomplete.remove(stream);
            answer(stream, request);
        }
    }

    private void answer(int stream, Request request) {
        owner.run("stream", () -> {
            Instruction instruction = owner.instruction(number, request);
            switch (instruction.ending()) {
                case RESPONSE ->
                    send(
                            stream,
                            lines(instruction.headers(), ":status", String.valueOf(instruction.status())),
                            "HEAD".equals(request.method()) ? "" : instruction.body());
                case REFUSE -> give(stream, ErrorCode.REFUSED_STREAM);
                case CANCEL -> give(stream, ErrorCode.CANCEL);
                case RESET, CLOSE -> close();
            }
        });
    }

    private void give(int stream, ErrorCode code) throws IOException {
        writer.rstStream(stream, code);
        writer.flush();
    }

    private static String value(List<Header> lines, String name) {
        return Objects.requireNonNullElse(Header.joined(lines, name), "");
    }
}
