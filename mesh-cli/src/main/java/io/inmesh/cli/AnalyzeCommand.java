package io.inmesh.cli;

import io.inmesh.control.analysis.message.Level;
import io.inmesh.control.app.ResourceAnalysis;
import io.inmesh.control.yaml.YamlNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is wrong or odd about resources, each and all together. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = {
            "Looks for mistakes in resources: meshctl analyze -f mesh/",
            "Codes and levels are istioctl's; MESH codes are ours. Exit code: 0 nothing that bad, 65 unreadable, 79 issues found."
        })
final class AnalyzeCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private SchemaOptions schema = new SchemaOptions();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Every namespace; files are always analysed whole.")
    private boolean allNamespaces;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Show messages about resources of this namespace only.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--output-threshold",
            paramLabel = "LEVEL",
            converter = LevelConverter.class,
            description = "The mildest level that is shown: Info, Warning, Error; Warning if it is not set.")
    private Level shown = Level.WARNING;

    @Option(
            names = "--failure-threshold",
            paramLabel = "LEVEL",
            converter = LevelConverter.class,
            description = "The mildest level that is a failure; Error if it is not set.")
    private Level failing = Level.ERROR;

    @Option(
            names = {"--meshConfigFile", "--mesh-config-file"},
            paramLabel = "FILE",
            description = "The mesh's settings (MeshConfig).")
    private Optional<Path> meshConfig = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            description = "Output format: ${COMPLETION-CANDIDATES}; log if it is not set.")
    private MessageFormat format = MessageFormat.LOG;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Optional<YamlNode.Mapping> mesh =
                meshConfig.isPresent() ? Optional.of(ResourceFiles.object(meshConfig.get())) : Optional.empty();
        ResourceAnalysis.Result result = new ResourceAnalysis(schema.validation()).analyze(config.paths(), mesh);
        List<MessageText> messages = MessageText.withUnreadable(
                result.messages().stream()
                        .map(MessageText::of)
                        .filter(this::isWanted)
                        .toList(),
                result.unreadable());
        List<MessageText> visible = messages.stream()
                .filter(message -> message.level().atLeast(shown))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.write(visible));
        out.flush();
        boolean failed = messages.stream().anyMatch(message -> message.level().atLeast(failing));
        if (format == MessageFormat.LOG) {
            conclude(visible.isEmpty(), failed);
        }
        if (!result.unreadable().isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        return failed ? ExitCode.ISSUES : ExitCode.OK;
    }

    private boolean isWanted(MessageText message) {
        if (namespace.isEmpty() || allNamespaces) {
            return true;
        }
        String origin = message.origin();
        int slash = origin.indexOf('/');
        String written = slash < 0 ? "default" : origin.substring(origin.indexOf(' ') + 1, slash);
        return written.equals(namespace.get());
    }

    private void conclude(boolean nothing, boolean failed) {
        PrintWriter err = spec.commandLine().getErr();
        if (failed) {
            err.println("Error: Analyzers found issues of level " + failing.shown() + " or worse. See"
                    + " https://istio.io/latest/docs/reference/config/analysis for causes and what to do.");
        } else if (nothing) {
            err.println("\u2714 No validation issues found when analyzing " + config.shown() + ".");
        }
    }
}
