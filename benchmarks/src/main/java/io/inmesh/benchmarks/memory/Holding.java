package io.inmesh.benchmarks.memory;

import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.client.Mesh;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;

/** A client of ours in a process of its own. Says how many bytes of heap its configuration takes, and how many clusters it knows. */
final class Holding {

    private static final int COLLECTIONS = 5;

    private Holding() {}

    /** Arguments: the control service's plaintext port, then how many clusters there have to be. */
    public static void main(String[] args) throws IOException, InterruptedException {
        MeshAgent agent = MeshAgent.builder()
                .controlService(ControlAddress.plaintext("127.0.0.1", Integer.parseInt(args[0])))
                .workload("scale", "caller")
                .instance("caller")
                .ip("127.0.0.1")
                .stateDirectory(Files.createTempDirectory("inmesh-holding"))
                .build();
        long before = heap();
        try (Mesh mesh = Mesh.builder().config(agent.configSource()).build()) {
            mesh.awaitReady(Duration.ofMinutes(2));
            int clusters = mesh.state().clusters();
            if (clusters < Integer.parseInt(args[1])) {
                throw new IOException("only " + clusters + " clusters");
            }
            System.out.println(heap() - before + " " + clusters);
        }
        System.exit(0);
    }

    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
