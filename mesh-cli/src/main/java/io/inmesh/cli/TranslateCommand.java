package io.inmesh.cli;

import io.inmesh.control.app.OfflineControl;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Istio's YAML into the files that mesh-client starts from without a control service. */
@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        description =
                "Writes what a workload would get as serialised DiscoveryResponses, for Mesh.builder().files(DIR).")
final class TranslateCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--for",
            required = true,
            paramLabel = "NS/WORKLOAD",
            converter = WorkloadName.Converter.class,
            description = "Whose configuration.")
    private WorkloadName workload = new WorkloadName("", "");

    @Option(
            names = {"-d", "--directory"},
            required = true,
            paramLabel = "DIR",
            description = "Where the files go; made if it is missing.")
    private Path directory = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        OfflineControl control =
                OfflineControl.of(config.complete(spec.commandLine().getErr()));
        Files.createDirectories(directory);
        Map<String, Message> responses = control.responses(control.workload(workload.namespace(), workload.name()));
        for (Map.Entry<String, Message> response : responses.entrySet()) {
            Path file = directory.resolve(response.getKey() + ".pb");
            Files.write(file, response.getValue().toBytes());
            spec.commandLine().getOut().println(file);
        }
        return ExitCode.OK;
    }
}
