package io.inmesh.cli;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.WrittenRequest;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.control.app.OfflineControl;
import io.inmesh.control.state.Proxy;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where a call would go and why, or what a response flag means. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Explains where a call would go and why: meshctl explain GET http://reviews:9080/x --from shop/productpage -f mesh.yaml",
            "Explains response flags: meshctl explain UF,URX"
        })
final class ExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "METHOD URL | FLAG", arity = "1..2", description = "A request, or flags of an answer.")
    private List<String> subject = List.of();

    @ArgGroup(exclusive = true)
    private @Nullable Asked asked;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME:VALUE",
            description = "A header of the request; may be given more than once.")
    private List<String> headers = List.of();

    @Option(
            names = {"-o", "--output"},
            description = "Output format: ${COMPLETION-CANDIDATES}; text if it is not set.")
    private Format format = Format.TEXT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** How an explanation is written. */
    enum Format {
        TEXT,
        JSON
    }

    /** Who is asked: files, or a process. */
    static final class Asked {

        @ArgGroup(exclusive = false)
        private @Nullable From from;

        @Option(
                names = "--live",
                required = true,
                paramLabel = "HOST:PORT",
                converter = LiveAddress.Converter.class,
                description = "The admin port of the process that would call.")
        private @Nullable LiveAddress live;
    }

    /** Who calls, in which mesh. */
    static final class From {

        @Option(
                names = "--from",
                required = true,
                paramLabel = "NS/WORKLOAD",
                converter = WorkloadName.Converter.class,
                description = "Who calls.")
        private WorkloadName caller = new WorkloadName("", "");

        @ArgGroup(exclusive = false, multiplicity = "1")
        private ConfigOptions config = new ConfigOptions();
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (subject.size() == 1) {
            return flags(subject.get(0), out);
        }
        if (asked != null && asked.live != null) {
            out.println(live(asked.live).stripTrailing());
            return ExitCode.OK;
        }
        From from = asked == null ? null : asked.from;
        if (from == null) {
            throw wrong("--from and -f say who calls, in which mesh; or --live asks a process");
        }
        OfflineControl control =
                OfflineControl.of(from.config.complete(spec.commandLine().getErr()));
        Proxy caller = control.workload(from.caller.namespace(), from.caller.name());
        Explanation explanation = new OfflineClient(control.resources(caller)).explain(request());
        out.println((format == Format.JSON ? explanation.json() : explanation.text()).stripTrailing());
        return ExitCode.OK;
    }

    private String live(LiveAddress address) throws IOException {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("method", List.of(subject.get(0)));
        query.put("url", List.of(subject.get(1)));
        query.put("header", headers);
        query.put("format", List.of(format == Format.JSON ? "json" : "text"));
        return address.read("/mesh/explain", query);
    }

    private WrittenRequest request() {
        try {
            return WrittenRequest.of(subject.get(0), subject.get(1), headers);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private int flags(String names, PrintWriter out) {
        for (String name : names.split(",", -1)) {
            Optional<ResponseFlag> flag = Arrays.stream(ResponseFlag.values())
                    .filter(known -> known.name().equalsIgnoreCase(name)
                            || known.longName().equalsIgnoreCase(name))
                    .findFirst();
            if (flag.isEmpty()) {
                throw wrong("'" + name + "' is no response flag; a request is METHOD URL");
            }
            out.println(
                    flag.get() + " " + flag.get().longName() + ": " + flag.get().meaning());
        }
        return ExitCode.OK;
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
