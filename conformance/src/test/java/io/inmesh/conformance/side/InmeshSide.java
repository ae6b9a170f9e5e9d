package io.inmesh.conformance.side;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.Workload;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.pipeline.BlockingDriver;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.pipeline.Signal;
import io.inmesh.client.pipeline.Timers;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.echo.Arrival;
import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Our decoder, compiler and pipeline over {@link SocketTransport}. */
public final class InmeshSide implements Side {

    private static final CallReport NOTHING = new CallReport(
            0,
            Set.of(),
            "-",
            CallReport.RouteNames.NONE,
            Workload.UNKNOWN,
            CallReport.Service.UNKNOWN,
            false,
            0,
            Duration.ZERO,
            "");

    private final EchoServers upstreams;
    private final SocketTransport transport = new SocketTransport();
    private final Heard heard = new Heard();
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
    private final BlockingDriver<Request, Carried> driver;

    /**
     * Compiles the configuration; its first snapshot is there when this returns.
     *
     * @param chance thread-safe
     */
    public InmeshSide(Configuration configuration, EchoServers upstreams, RandomGenerator chance) {
        this.upstreams = upstreams;
        MeshClock clock = MeshClock.system();
        SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
        snapshots.publish(new OutboundCompiler(new HostRegistry(clock, chance), chance)
                .compile(DecodedResources.of(configuration), Compilation.nothing())
                .snapshot());
        OutboundPipeline pipeline = new OutboundPipeline(snapshots, clock, chance, heard);
        this.driver = new BlockingDriver<>(pipeline, transport, Timers.on(timers), Signal::await, clock, 0);
    }

    @Override
    public List<Answer> ask(List<Request> requests, boolean atOnce) {
        List<Timed> responses = AtOnce.map(requests, atOnce, this::send);
        Map<String, List<Arrival>> arrivals = EnvoySide.byRequest(upstreams.drain());
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            String id = EnvoySide.id(requests.get(i));
            answers.add(answer(id, responses.get(i), arrivals.getOrDefault(id, List.of())));
        }
        return answers;
    }

    /** Our ejections take effect with the answer that causes them. */
    @Override
    public void settle() {}

    @Override
    public void close() {
        timers.shutdownNow();
        transport.close();
    }

    private Timed send(Request request) {
        long start = System.nanoTime();
        try {
            Carried carried = driver.newCall(request, new RequestView(request)).execute();
            Response response = carried.finish(request.method());
            return new Timed(response, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (IOException | RuntimeException e) {
            // What an application would see as an exception is an answer that no Envoy gives: the row shows it.
            return new Timed(new Response(0, List.of(), stackTrace(e)), 0);
        }
    }

    private Answer answer(String id, Timed timed, List<Arrival> arrivals) {
        CallReport report = heard.report(id).orElse(NOTHING);
        String host = heard.host(id);
        return new Answer(
                timed.response(),
                orDash(report.flags().stream().map(ResponseFlag::name).collect(Collectors.joining(","))),
                orDash(report.route().route()),
                orDash(report.route().cluster()),
                report.attempts(),
                host == null ? "-" : upstreams.endpointAt(host),
                report.details(),
                arrivals,
                timed.millis());
    }

    private static String stackTrace(Exception e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private record Timed(Response response, long millis) {}
}
