package io.inmesh.agent;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;

/**
 * The agent as a process: keeps the workload's identity current as PEM files for a server that is not Java, until it is told to
 * stop.
 */
public final class AgentProcess {

    private static final Logger LOG = System.getLogger(AgentProcess.class.getName());

    private AgentProcess() {}

    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (IllegalArgumentException | MeshConfigurationException | IOException e) {
            System.err.println("mesh-agent: " + e.getMessage());
            System.err.print(AgentOptions.USAGE);
            System.exit(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        AgentOptions options = AgentOptions.parse(arguments);
        PemDirectory output = PemDirectory.open(options.output());
        CountDownLatch stopped = new CountDownLatch(1);
        MeshAgent agent = options.agent().build();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            agent.close();
            stopped.countDown();
        }));
        agent.identitySource().start(identity -> deliver(output, identity));
        stopped.await();
    }

    private static void deliver(PemDirectory output, WorkloadIdentity identity) {
        try {
            output.write(identity);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "The identity cannot be delivered: {0}", e.toString());
        }
    }
}
