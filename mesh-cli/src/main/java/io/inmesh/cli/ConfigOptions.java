package io.inmesh.cli;

import io.inmesh.control.config.ConfigFiles;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where a command takes the mesh's resources from. */
final class ConfigOptions {

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE|DIR",
            required = true,
            description = "Istio and Kubernetes YAML or JSON; may be given more than once.")
    private List<Path> paths = List.of();

    List<Path> paths() {
        return paths;
    }

    /** The files and folders, for messages. */
    String shown() {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    /**
     * All of it, after telling what was refused of it, or the answer would mislead.
     *
     * @throws IOException if a file cannot be read; nothing can be said about a mesh of which a part is hidden
     */
    ConfigSnapshot complete(PrintWriter err) throws IOException {
        ConfigSnapshot config = ConfigFiles.read(paths);
        config.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .forEach(problem -> err.println("refused: " + problem));
        if (!config.complete()) {
            throw new IOException("nothing can be said while a file cannot be read");
        }
        return config;
    }
}
