package io.inmesh.cli;

import io.inmesh.control.yaml.InvalidResourceException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command and its subcommands. */
@Command(
        name = "meshctl",
        description = "Inspects and explains an Inmesh mesh.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AnalyzeCommand.class,
            ValidateCommand.class,
            ExplainCommand.class,
            AuthzCommand.class,
            TranslateCommand.class,
            ProxyConfigCommand.class,
            StatsCommand.class,
            VersionCommand.class,
            GenerateCompletion.class
        })
public final class Meshctl {

    private Meshctl() {}

    public static void main(String[] arguments) {
        System.exit(run(writer(System.out), writer(System.err), arguments));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Runs one command line and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Meshctl())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, err))
                .setParameterExceptionHandler((wrong, words) -> usage(wrong, err));
        if (arguments.length == 0) {
            line.usage(out);
            return ExitCode.OK;
        }
        return line.execute(arguments);
    }

    private static int usage(CommandLine.ParameterException wrong, PrintWriter err) {
        CommandLine command = wrong.getCommandLine();
        err.println(wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            command.usage(err);
        }
        return ExitCode.USAGE;
    }

    /** Whatever happens, an operator sees a sentence; a stack trace would tell nothing that they can act on. */
    private static int failed(Exception failure, PrintWriter err) {
        if (failure instanceof NoSuchFileException missing) {
            err.println("no such file or folder: " + missing.getFile());
            return ExitCode.UNREADABLE;
        } else if (failure instanceof IOException) {
            err.println(failure.getMessage());
            return ExitCode.UNREADABLE;
        }
        if (failure instanceof InvalidResourceException invalid) {
            err.println(invalid.origin() + ": " + invalid.reason());
            return ExitCode.UNREADABLE;
        }
        err.println("meshctl failed: " + failure + "; this is a mistake of ours, please report it with the command");
        return ExitCode.FAILED;
    }
}
