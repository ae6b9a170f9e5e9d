package io.inmesh.conformance.side;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.Workload;
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
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Our side: whatever carries the requests, its answers are told with the pipeline's own report. */
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
    private final Heard heard;
    private final Caller caller;

    private InmeshSide(EchoServers upstreams, Heard heard, Caller caller) {
        this.upstreams = upstreams;
        this.heard = heard;
        this.caller = caller;
    }

    /**
     * Our decoder, compiler and pipeline over bare sockets.
     *
     * @param chance thread-safe
     */
    public static InmeshSide bare(Configuration configuration, EchoServers upstreams, RandomGenerator chance) {
        Heard heard = new Heard();
        return new InmeshSide(upstreams, heard, new BareCaller(configuration, heard, chance, upstreams.nameServer()));
    }

    /**
     * The whole library as an application has it: {@code Mesh} from files, below an OkHttpClient.
     *
     * @param chance thread-safe
     */
    public static InmeshSide okHttp(Configuration configuration, EchoServers upstreams, RandomGenerator chance) {
        Heard heard = new Heard();
        return new InmeshSide(upstreams, heard, new OkHttpCaller(configuration, heard, chance, upstreams.nameServer()));
    }

    /** Whether OkHttp's URLs can say what the request says: they have no dots, no default port, no capitals in hosts. */
    public static boolean okHttpCanSay(Request request) {
        return OkHttpMessages.canSay(request);
    }

    @Override
    public List<Answer> ask(List<Request> requests, long everyMillis, boolean atOnce) {
        upstreams.begin(requests.size());
        List<Timed> responses = AtOnce.map(requests, everyMillis, atOnce, this::send, upstreams::end);
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
        caller.close();
    }

    private Timed send(Request request) {
        long start = System.nanoTime();
        try {
            Response response = caller.call(request);
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
