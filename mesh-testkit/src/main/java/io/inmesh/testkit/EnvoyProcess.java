package io.inmesh.testkit;

import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A real Envoy with a configuration given as text. Listeners bind 127.0.0.1 with {@code port_value: 0}; a named listener's port is
 * asked of the admin endpoint. One test owns it and closes it; {@link #logTail} is what to show when an assertion fails.
 */
public final class EnvoyProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int LOG_LINES_SHOWN = 40;

    /** A kernel gives a user 128 inotify instances, Envoy takes three, and those of Envoys that ended come back with a delay. */
    private static final String NO_INOTIFY = "inotify_fd_ >= 0";

    private static final int STARTS = 200;

    private final Process process;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private String admin = "";

    private EnvoyProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts Envoy and returns when it is live.
     *
     * @param bootstrap Envoy's bootstrap as YAML, without {@code admin} (it is added, on loopback)
     * @throws IllegalStateException with the end of Envoy's log if it refuses the configuration or is not live in time
     */
    public static EnvoyProcess start(String bootstrap) {
        return start(bootstrap, "warning");
    }

    /**
     * As {@link #start(String)}, with a log level of Envoy's.
     *
     * @param logLevel such as {@code debug}
     */
    public static EnvoyProcess start(String bootstrap, String logLevel) {
        return start(bootstrap, logLevel, 1);
    }

    /**
     * As {@link #start(String)}, with a log level and a number of worker threads; Istio's sidecars have two.
     *
     * @param logLevel such as {@code debug}
     */
    public static EnvoyProcess start(String bootstrap, String logLevel, int workers) {
        for (int left = STARTS; ; left--) {
            EnvoyProcess envoy = launch(bootstrap, logLevel, workers);
            if (envoy.becomesLive()) {
                return envoy;
            }
            envoy.close();
            String log = envoy.logTail();
            if (left == 0 || !log.contains(NO_INOTIFY)) {
                throw new IllegalStateException("Envoy did not start; " + envoy.log() + " ends with:\n" + log);
            }
            pause();
        }
    }

    private static EnvoyProcess launch(String bootstrap, String logLevel, int workers) {
        Path binary = Peers.envoy();
        try {
            Path folder = Files.createTempDirectory("inmesh-envoy");
            Path config = Files.writeString(
                    folder.resolve("envoy.yaml"),
                    bootstrap + "\nadmin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}\n");
            Process process = new ProcessBuilder(command(binary, config, folder, logLevel, workers))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("envoy.log").toFile())
                    .start();
            return new EnvoyProcess(process, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path binary, Path config, Path folder, String logLevel, int workers) {
        return List.of(
                binary.toString(),
                "--config-path",
                config.toString(),
                "--admin-address-path",
                folder.resolve("admin").toString(),
                "--disable-hot-restart",
                // An access log that a test reads must not wait ten seconds for its buffer.
                "--file-flush-interval-msec",
                "2",
                "--concurrency",
                Integer.toString(workers),
                "--log-level",
                logLevel);
    }

    /** For whoever measures it. */
    public long pid() {
        return process.pid();
    }

    /** The port that the listener of this name got. */
    public int port(String listener) {
        String prefix = listener + "::127.0.0.1:";
        return get("/listeners")
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> Integer.parseInt(line.substring(prefix.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No listener '" + listener + "' in " + get("/listeners")));
    }

    /**
     * A page of the admin endpoint.
     *
     * @param path with a leading slash, such as {@code /stats?filter=ssl}
     */
    public String get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).timeout(START_LIMIT).build());
    }

    /**
     * An action of the admin endpoint, such as {@code /healthcheck/fail}.
     *
     * @param path with a leading slash
     */
    public String post(String path) {
        return send(HttpRequest.newBuilder(uri(path))
                .timeout(START_LIMIT)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** One statistic's value; 0 for one that Envoy has not created yet. */
    public long stat(String name) {
        return get("/stats?filter=" + URLEncoder.encode("^" + Pattern.quote(name) + "$", StandardCharsets.UTF_8))
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** The file that Envoy logs to. */
    public Path log() {
        return folder.resolve("envoy.log");
    }

    /** The last lines of Envoy's log. */
    public String logTail() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }

    /** Stops Envoy at once and waits for it; open connections are cut, as when a process is killed. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean becomesLive() {
        long limit = MeshClock.system().nanoTime() + START_LIMIT.toNanos();
        while (!live()) {
            if (!process.isAlive() || MeshClock.system().nanoTime() - limit > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    private boolean live() {
        try {
            Path file = folder.resolve("admin");
            admin = Files.exists(file) ? Files.readString(file) : "";
            return admin.contains(":") && get("/ready").startsWith("LIVE");
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private URI uri(String path) {
        return URI.create("http://" + admin + path);
    }

    private String send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Envoy", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Envoy", e);
        }
    }
}
