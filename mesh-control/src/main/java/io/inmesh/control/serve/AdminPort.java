package io.inmesh.control.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The debug port: exact paths, GET only, each answer made when it is asked for. */
public final class AdminPort implements AutoCloseable {

    private static final int MOST_WAITING = 32;

    private final HttpServer server;
    private final Map<String, Function<Visitor, Page>> pages;

    /** An answer with the type of its content. */
    public record Page(int status, String type, String text) {

        static Page json(Object value) {
            return new Page(200, "application/json", Json.of(value));
        }
    }

    /** Whoever asks, with what he shows to prove who he is. */
    public record Visitor(@Nullable String authorization) {

        Optional<String> bearerToken() {
            return authorization != null && authorization.startsWith("Bearer ")
                    ? Optional.of(authorization.substring("Bearer ".length()).trim())
                    : Optional.empty();
        }
    }

    private AdminPort(HttpServer server, Map<String, Function<Visitor, Page>> pages) {
        this.server = server;
        this.pages = pages;
    }

    /** Listens at once. */
    public static AdminPort start(
            InetSocketAddress address, Map<String, Function<Visitor, Page>> pages, Executor executor)
            throws IOException {
        HttpServer server = HttpServer.create(address, MOST_WAITING);
        AdminPort port = new AdminPort(server, Map.copyOf(pages));
        server.createContext("/", port::answer);
        server.setExecutor(executor);
        server.start();
        return port;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Function<Visitor, Page> page = pages.get(exchange.getRequestURI().getPath());
            if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, new Page(405, "text/plain", "only GET\n"));
            } else if (page == null) {
                send(
                        exchange,
                        new Page(
                                404,
                                "text/plain",
                                String.join(
                                                "\n",
                                                pages.keySet().stream().sorted().toList()) + "\n"));
            } else {
                send(
                        exchange,
                        page.apply(new Visitor(exchange.getRequestHeaders().getFirst("Authorization"))));
            }
        }
    }

    private static void send(HttpExchange exchange, Page page) throws IOException {
        byte[] bytes = page.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", page.type());
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(page.status(), bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
