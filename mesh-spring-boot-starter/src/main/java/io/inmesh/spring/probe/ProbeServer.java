package io.inmesh.spring.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.inmesh.api.error.MeshConfigurationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Serves the probe port from before the application's own port opens until after it has closed. */
public final class ProbeServer implements SmartLifecycle {

    private static final int BACKLOG = 64;

    private final InetSocketAddress address;
    private final List<ProbeSource> sources;
    private final ExecutorService executor;
    private final int phase;
    private final IntConsumer opened;
    private volatile @Nullable HttpServer server;

    /**
     * @param address where to listen; port 0 takes a free one
     * @param sources asked in order
     * @param executor runs the answers; shut down with the server
     * @param phase when to start among the application's other parts
     * @param opened is told the port
     */
    public ProbeServer(
            InetSocketAddress address,
            List<ProbeSource> sources,
            ExecutorService executor,
            int phase,
            IntConsumer opened) {
        this.address = address;
        this.sources = List.copyOf(sources);
        this.executor = executor;
        this.phase = phase;
        this.opened = opened;
    }

    /** The port in use, or -1 while stopped. */
    public int port() {
        HttpServer running = server;
        return running == null ? -1 : running.getAddress().getPort();
    }

    /**
     * @throws MeshConfigurationException if the port cannot be opened
     */
    @Override
    public void start() {
        try {
            HttpServer starting = HttpServer.create(address, BACKLOG);
            starting.setExecutor(executor);
            starting.createContext("/", this::answer);
            starting.start();
            server = starting;
            opened.accept(starting.getAddress().getPort());
        } catch (IOException e) {
            throw new MeshConfigurationException(
                    "The mesh's probe port " + address.getPort() + " cannot be opened: " + e.getMessage()
                            + ". Set mesh.probe.port to a free one (0 takes any), or mesh.probe.enabled=false",
                    e);
        }
    }

    @Override
    public void stop() {
        HttpServer running = server;
        if (running != null) {
            server = null;
            running.stop(0);
            executor.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return phase;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            boolean head = method.equals("HEAD");
            if (!head && !method.equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            ProbeAnswer answer = answerOf(exchange.getRequestURI().getPath());
            byte[] body = answer.body();
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private ProbeAnswer answerOf(String path) {
        return sources.stream()
                .flatMap(source -> source.answer(path).stream())
                .findFirst()
                .orElseGet(() -> new ProbeAnswer(404, "text/plain", "not a probe\n"));
    }
}
