package io.inmesh.conformance.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a configuration as serialised DiscoveryResponses: the folder that our side reads, and Envoy too. */
public final class DiscoveryFiles {

    private DiscoveryFiles() {}

    /** Writes the four files and returns the folder. */
    public static Path write(Configuration configuration, Path folder) {
        for (ResourceKind kind : ResourceKind.values()) {
            write(folder.resolve(kind.file() + ".pb"), kind, configuration.resources(kind));
        }
        return folder;
    }

    static Path write(Path file, ResourceKind kind, List<Map<String, Object>> resources) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, Protos.response(kind, resources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
