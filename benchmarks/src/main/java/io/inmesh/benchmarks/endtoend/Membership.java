package io.inmesh.benchmarks.endtoend;

import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.client.Mesh;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a process needs to join the mesh of a {@link Rig}; goes to it as arguments.
 *
 * @param state a folder of its own
 */
record Membership(int port, Path root, Path token, Path state, String account) {

    private static final Duration READY = Duration.ofSeconds(30);

    static Membership parse(String[] args) {
        return new Membership(Integer.parseInt(args[0]), Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), args[4]);
    }

    List<String> arguments() {
        return List.of(Integer.toString(port), root.toString(), token.toString(), state.toString(), account);
    }

    /** Joins for as long as the process lives. */
    Mesh join() throws IOException, InterruptedException {
        MeshAgent agent = MeshAgent.builder()
                .controlService(ControlAddress.secure("127.0.0.1", port, root))
                .workload("bench", account)
                .instance(account)
                .label("app", account)
                .ip("127.0.0.1")
                .tokenFile(token)
                .stateDirectory(state)
                .build();
        Mesh mesh = Mesh.builder()
                .config(agent.configSource())
                .identity(agent.identitySource())
                .build();
        mesh.awaitReady(READY);
        return mesh;
    }
}
