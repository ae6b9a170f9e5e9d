package io.inmesh.conformance.echo;

import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import io.inmesh.conformance.http.Wire;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okio.Okio;

/** One endpoint: a thread accepts, a thread per connection answers. */
final class EchoServer implements AutoCloseable {

    private final String endpoint;
    private final ServerSocket listener;
    private final EchoServers owner;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    EchoServer(String endpoint, ServerSocket listener, EchoServers owner) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.owner = owner;
    }

    void start() {
        run("accept", this::accept);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket connection = listener.accept();
            connections.add(connection);
            int number = owner.connected();
            run("serve", () -> serve(connection, number));
        }
    }

    private void serve(Socket connection, int number) throws IOException {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            if (Wire.isHttp2(in)) {
                new AnsweringFrames(connection, Okio.buffer(Okio.source(in)), this, number).serve();
                return;
            }
            for (Request request = Wire.readRequest(in); request != null; request = Wire.readRequest(in)) {
                if (!answer(connection, number, request)) {
                    return;
                }
            }
        } finally {
            connections.remove(connection);
        }
    }

    private boolean answer(Socket connection, int number, Request request) throws IOException {
        Instruction instruction = instruction(number, request);
        switch (instruction.ending()) {
            case RESPONSE -> {
                String body = "HEAD".equals(request.method()) ? "" : instruction.body();
                Wire.write(
                        connection.getOutputStream(), new Response(instruction.status(), instruction.headers(), body));
                return true;
            }
            case RESET -> connection.setSoLinger(true, 0);
            case CLOSE -> {}
            case REFUSE, CANCEL -> throw new IllegalStateException("HTTP/1.1 has no streams");
        }
        return false;
    }

    /** What to do about a request, once it is time. */
    Instruction instruction(int connection, Request request) {
        Instruction instruction = owner.record(new Arrival(endpoint, connection, request));
        pause(instruction.delayMillis());
        if (instruction.hold() >= 0) {
            owner.hold(instruction.hold());
        }
        return instruction;
    }

    void run(String what, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // A peer that goes away ends its connection's thread: that is what many rows do on purpose.
                        Thread.currentThread().interrupt();
                    }
                },
                "echo-" + endpoint + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What may fail because a peer went away. */
    interface Task {
        void run() throws IOException;
    }
}
