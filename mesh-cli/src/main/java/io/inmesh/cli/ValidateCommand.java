package io.inmesh.cli;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verdict on files that the control service would give when it reads them. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Reads resources as the control service does and says what is wrong with them.",
            "Exit code: 0 all take effect, 65 unreadable, 79 a resource is refused."
        })
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = {"-o", "--output"},
            description = "Output format: ${COMPLETION-CANDIDATES}; log if it is not set.")
    private Format format = Format.LOG;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** How the verdict is written. */
    enum Format {
        LOG,
        JSON
    }

    @Override
    public Integer call() throws IOException {
        ConfigSnapshot read = config.read();
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            out.println(ProblemsJson.of(read.problems()));
        } else {
            log(read, out);
        }
        if (!read.complete()) {
            return ExitCode.UNREADABLE;
        }
        return refused(read.problems()) > 0 ? ExitCode.ISSUES : ExitCode.OK;
    }

    private static void log(ConfigSnapshot read, PrintWriter out) {
        for (Problem problem : read.problems()) {
            String level = problem.severity() == Problem.Severity.ERROR ? "Error" : "Warning";
            String field = problem.field().isEmpty() ? "" : problem.field() + ": ";
            out.println(level + " (" + problem.resource() + " " + problem.origin() + ") " + field + problem.reason());
        }
        long refused = refused(read.problems());
        long fields = read.problems().size() - refused;
        out.println(read.resources().size() + " resources take effect, " + refused + " refused, " + fields
                + " fields without effect.");
    }

    private static long refused(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
    }
}
