package io.inmesh.cli;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.yaml.YamlNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The configuration that a process or an Envoy has in effect. */
@Command(
        name = "proxy-config",
        aliases = "pc",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the configuration that a process has in effect: meshctl proxy-config routes --live localhost:15000",
            "Also of an Envoy, or of a file with what /config_dump answered."
        })
final class ProxyConfigCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "WHAT", description = "One of ${COMPLETION-CANDIDATES}.")
    private Part part = Part.ALL;

    @ArgGroup(multiplicity = "1")
    private DumpSource source = new DumpSource();

    @Option(
            names = {"-o", "--output"},
            description = "Output format: ${COMPLETION-CANDIDATES}; short if it is not set.")
    private Format format = Format.SHORT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What to show. */
    enum Part {
        CLUSTERS,
        ROUTES,
        LISTENERS,
        ENDPOINTS,
        SECRET,
        ALL,
        DUMP
    }

    /** How it is written. */
    enum Format {
        SHORT,
        JSON
    }

    @Override
    public Integer call() throws IOException {
        if (!source.isGiven()) {
            throw new ParameterException(spec.commandLine(), "--file or --live says whose configuration");
        }
        ConfigDump dump = source.dump();
        PrintWriter out = spec.commandLine().getOut();
        if (part == Part.DUMP) {
            out.println(NodeJson.of(dump.root()));
        } else if (part == Part.ALL) {
            for (Part each : List.of(Part.CLUSTERS, Part.LISTENERS, Part.ROUTES, Part.ENDPOINTS, Part.SECRET)) {
                write(dump, each, out);
                out.println();
            }
        } else {
            write(dump, part, out);
        }
        out.flush();
        return ExitCode.OK;
    }

    private void write(ConfigDump dump, Part each, PrintWriter out) {
        if (format == Format.JSON) {
            out.println(NodeJson.of(resources(dump, each)));
        } else {
            out.print(table(dump, each));
        }
    }

    private static List<YamlNode.Mapping> resources(ConfigDump dump, Part part) {
        return switch (part) {
            case CLUSTERS -> dump.clusters();
            case ROUTES -> dump.routes();
            case LISTENERS -> dump.listeners();
            case ENDPOINTS -> dump.endpoints();
            default -> dump.secrets();
        };
    }

    private static TextTable table(ConfigDump dump, Part part) {
        return switch (part) {
            case CLUSTERS -> DumpTables.clusters(dump);
            case ROUTES -> DumpTables.routes(dump);
            case LISTENERS -> ListenerTable.of(dump);
            case ENDPOINTS -> DumpTables.endpoints(dump);
            default -> SecretTable.of(dump, MeshClock.system());
        };
    }
}
