package io.inmesh.conformance.side;

import io.inmesh.conformance.http.Connection;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Bare sockets to a proxy, kept while they can be used again. */
final class ProxiedSockets implements Caller {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final InetSocketAddress proxy;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    ProxiedSockets(InetSocketAddress proxy) {
        this.proxy = proxy;
    }

    @Override
    public Response call(Request request) throws IOException {
        Connection connection = idle.poll();
        if (connection == null) {
            connection = Connection.open(proxy, LIMIT);
        }
        Response response = connection.exchange(request, LIMIT);
        if (connection.reusable()) {
            idle.push(connection);
        } else {
            connection.close();
        }
        return response;
    }

    @Override
    public void close() {
        try {
            for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
