package io.inmesh.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counters and gauges of a process. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description =
                "Shows what a process counts: meshctl stats --live localhost:15000 --filter 'reviews.*upstream_rq'")
final class StatsCommand implements Callable<Integer> {

    @Option(
            names = "--live",
            paramLabel = "HOST:PORT",
            required = true,
            converter = LiveAddress.Converter.class,
            description = "The admin port of a process of the mesh, or of an Envoy.")
    private LiveAddress live = new LiveAddress("", 0);

    @Option(names = "--filter", paramLabel = "REGEX", description = "Names in which this occurs.")
    private Optional<String> filter = Optional.empty();

    @Option(names = "--used-only", description = "Only what was ever counted.")
    private boolean usedOnly;

    @Option(
            names = {"-o", "--output"},
            description = "Output format: ${COMPLETION-CANDIDATES}; text if it is not set.")
    private Format format = Format.TEXT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** How it is written. */
    enum Format {
        TEXT,
        JSON,
        PROMETHEUS
    }

    @Override
    public Integer call() throws IOException {
        Map<String, List<String>> query = new LinkedHashMap<>();
        filter.ifPresent(regex -> query.put("filter", List.of(regex)));
        if (usedOnly) {
            query.put("usedonly", List.of(""));
        }
        if (format != Format.TEXT) {
            query.put("format", List.of(format == Format.JSON ? "json" : "prometheus"));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(live.read("/stats", query).stripTrailing());
        return ExitCode.OK;
    }
}
