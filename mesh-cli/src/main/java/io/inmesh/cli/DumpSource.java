package io.inmesh.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the configuration of a process comes from: a file, or the process itself. */
final class DumpSource {

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "What /config_dump answered.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--live",
            paramLabel = "HOST:PORT",
            required = true,
            converter = LiveAddress.Converter.class,
            description = "The admin port of a process of the mesh, or of an Envoy.")
    private Optional<LiveAddress> live = Optional.empty();

    /** Picocli does not miss an option whose value is optional. */
    boolean isGiven() {
        return file.isPresent() || live.isPresent();
    }

    /** The answer of {@code /config_dump}, endpoints included. */
    ConfigDump dump() throws IOException {
        if (file.isPresent()) {
            return ConfigDump.read(
                    file.get().toString(), new String(Files.readAllBytes(file.get()), StandardCharsets.UTF_8));
        }
        LiveAddress address = live.orElseThrow(() -> new IOException("--file or --live is needed"));
        return ConfigDump.read(address.toString(), address.read("/config_dump", Map.of("include_eds", List.of(""))));
    }
}
