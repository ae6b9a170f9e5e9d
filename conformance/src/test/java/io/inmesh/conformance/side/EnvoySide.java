package io.inmesh.conformance.side;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.EnvoyBootstrap;
import io.inmesh.conformance.config.ResourceKind;
import io.inmesh.conformance.echo.Arrival;
import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import io.inmesh.testkit.EnvoyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Envoy: requests go to its listener, and its access log says what it decided. */
public final class EnvoySide implements Side {

    private final EnvoyProcess envoy;
    private final EchoServers upstreams;
    private final Caller caller;
    private final AccessLog log;
    private final boolean ejects;

    /**
     * Starts Envoy; it is live when this returns.
     *
     * @param folder empty; for Envoy's files
     * @param okHttp a bare OkHttpClient calls through it; else sockets do
     */
    public EnvoySide(Configuration configuration, Path folder, EchoServers upstreams, boolean okHttp) {
        Path logFile = folder.resolve("access.log");
        this.envoy = EnvoyProcess.start(EnvoyBootstrap.of(configuration, folder, logFile, AccessLog.FIELDS));
        InetSocketAddress listener = new InetSocketAddress(InetAddress.getLoopbackAddress(), envoy.port("in"));
        this.caller = okHttp ? new ProxiedOkHttp(listener) : new ProxiedSockets(listener);
        this.log = new AccessLog(logFile);
        this.upstreams = upstreams;
        this.ejects = configuration.resources(ResourceKind.CLUSTER).stream()
                .anyMatch(cluster -> cluster.containsKey("outlierDetection"));
    }

    /**
     * A table that Envoy refuses answers everything alike, and no row under it says anything.
     *
     * @throws IllegalStateException with Envoy's reason if it refused some of the configuration
     */
    public void acceptedAll() {
        boolean refused = envoy.get("/stats?filter=update_rejected").lines().anyMatch(line -> !line.endsWith(": 0"));
        if (refused) {
            throw new IllegalStateException("Envoy refuses the configuration:\n" + envoy.logTail());
        }
    }

    @Override
    public List<Answer> ask(List<Request> requests, long everyMillis, boolean atOnce) {
        upstreams.begin(requests.size());
        List<Timed> responses = AtOnce.map(requests, everyMillis, atOnce, this::send, upstreams::end);
        Map<String, Map<String, Object>> lines =
                log.await(requests.stream().map(EnvoySide::id).toList());
        Map<String, List<Arrival>> arrivals = byRequest(upstreams.drain());
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            String id = id(requests.get(i));
            answers.add(answer(
                    responses.get(i), Objects.requireNonNull(lines.get(id)), arrivals.getOrDefault(id, List.of())));
        }
        return answers;
    }

    /** Workers tell Envoy's main thread about ejections; when it answers the admin port, it has worked off what came before. */
    @Override
    public void settle() {
        if (ejects) {
            envoy.get("/ready");
            envoy.get("/ready");
        }
    }

    @Override
    public void close() {
        caller.close();
        envoy.close();
    }

    static String id(Request request) {
        return Objects.requireNonNull(Header.joined(request.headers(), ID));
    }

    static Map<String, List<Arrival>> byRequest(List<Arrival> arrivals) {
        return arrivals.stream().collect(Collectors.groupingBy(arrival -> id(arrival.request())));
    }

    private Answer answer(Timed timed, Map<String, Object> line, List<Arrival> arrivals) {
        return new Answer(
                timed.response(),
                text(line, "flags"),
                text(line, "route"),
                text(line, "cluster"),
                line.get("attempts") instanceof Number attempts ? attempts.intValue() : 0,
                text(line, "host").equals("-") ? "-" : upstreams.endpointAt(text(line, "host")),
                text(line, "details"),
                arrivals,
                timed.millis());
    }

    private Timed send(Request request) {
        long start = System.nanoTime();
        try {
            Response response = caller.call(request);
            return new Timed(response, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (ProtocolException e) {
            // Bare OkHttp takes no 204 that says it has a body, which Envoy may send.
            return new Timed(new Response(0, List.of(), e.toString()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(envoy.logTail(), e);
        }
    }

    private static String text(Map<String, Object> line, String field) {
        Object value = line.get(field);
        return value == null || value.toString().isEmpty() ? "-" : value.toString();
    }

    private record Timed(Response response, long millis) {}
}
