package io.inmesh.conformance.config;

import io.inmesh.testkit.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a real istiod sent, read from the shared folder. */
public final class Captures {

    private Captures() {}

    /**
     * The whole answer that one node got.
     *
     * @param folder such as {@code cap-routes}
     */
    public static Configuration read(String folder) {
        Path path = Peers.shared("istiod-captures").resolve(folder);
        Map<ResourceKind, List<Map<String, Object>>> resources = new EnumMap<>(ResourceKind.class);
        for (ResourceKind kind : ResourceKind.values()) {
            Map<String, Object> response = Json.parse(read(path.resolve(kind.file() + ".json")));
            resources.put(kind, Tree.objects(response, "resources"));
        }
        return new Configuration(resources);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
