package io.inmesh.client.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.inmesh.api.error.MeshConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Serves pages on the loopback interface to whoever is on this machine. A page of the web that was made to look like this server (DNS
 * rebinding) is told apart by the host that it asks for. Thread-safe.
 */
public final class AdminServer implements AutoCloseable {

    private static final int BACKLOG = 16;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int MISDIRECTED = 421;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpServer server;
    private final ExecutorService executor;
    private final Map<String, AdminPage> pages;

    private AdminServer(HttpServer server, ExecutorService executor, Map<String, AdminPage> pages) {
        this.server = server;
        this.executor = executor;
        this.pages = pages;
    }

    /**
     * Opens the port.
     *
     * @param port 0 takes a free one
     * @param calls what it shows of them
     * @param executor runs the answers; shut down with the server
     * @throws MeshConfigurationException if the port cannot be opened
     */
    public static AdminServer start(int port, AdminView view, ObservedCalls calls, ExecutorService executor) {
        try {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            AdminServer admin =
                    new AdminServer(HttpServer.create(address, BACKLOG), executor, AdminPages.of(view, calls));
            admin.server.setExecutor(executor);
            admin.server.createContext("/", admin::serve);
            // The server's own thread becomes a daemon like the thread that starts it: no process lives on for this.
            executor.submit(admin.server::start).get();
            return admin;
        } catch (IOException | ExecutionException e) {
            throw notOpened(port, executor, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notOpened(port, executor, e);
        }
    }

    private static MeshConfigurationException notOpened(int port, ExecutorService executor, Exception cause) {
        executor.shutdownNow();
        return new MeshConfigurationException(
                "The mesh's admin port " + port + " cannot be opened on the loopback interface: " + cause.getMessage()
                        + ". Choose another (0 takes any free one), or leave it off",
                cause);
    }

    /** The port in use. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            AdminAnswer answer = answer(exchange);
            exchange.getResponseHeaders().set("content-type", answer.contentType());
            exchange.getResponseHeaders().set("cache-control", "no-cache, max-age=0");
            exchange.getResponseHeaders().set("x-content-type-options", "nosniff");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            byte[] body = answer.bytes();
            exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private AdminAnswer answer(HttpExchange exchange) {
        if (!fromLoopback(exchange.getRequestHeaders().getFirst("host"))) {
            return AdminAnswer.text(
                    MISDIRECTED, "This is the admin endpoint of a process on this machine: ask for localhost.\n");
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return AdminAnswer.text(NOT_ALLOWED, "Method " + method + " not allowed, GET required.\n");
        }
        AdminPage page = pages.get(exchange.getRequestURI().getPath());
        if (page == null) {
            return AdminAnswer.text(NOT_FOUND, "invalid path. admin commands are:\n" + paths());
        }
        try {
            return page.answer(AdminQuery.of(exchange.getRequestURI().getRawQuery()));
        } catch (AdminQuery.NotUnderstoodException e) {
            return AdminAnswer.text(e.status(), e.getMessage() + "\n");
        }
    }

    private String paths() {
        return pages.keySet().stream().map(path -> "  " + path + "\n").collect(Collectors.joining());
    }

    /** Whether the host that is asked for can be nothing but this machine. */
    private static boolean fromLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        int colon = host.lastIndexOf(':');
        String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return LOOPBACK.contains(name);
    }

    /** Closes the port. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
