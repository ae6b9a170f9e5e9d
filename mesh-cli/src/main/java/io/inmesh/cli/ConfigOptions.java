package io.inmesh.cli;

import io.inmesh.control.config.ConfigFiles;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a command takes the mesh's resources from. */
final class ConfigOptions {

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE|DIR",
            required = true,
            description = "Istio and Kubernetes YAML or JSON; may be given more than once.")
    private List<Path> paths = List.of();

    /** All of it, or nothing after telling what cannot be read. */
    ConfigSnapshot read() throws IOException {
        return ConfigFiles.read(paths);
    }

    /** Tells whether a snapshot can be worked with; what was refused of it is said in any case, or the answer would mislead. */
    static boolean isComplete(ConfigSnapshot config, PrintWriter err) {
        config.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .forEach(problem -> err.println("refused: " + problem));
        return config.complete();
    }
}
