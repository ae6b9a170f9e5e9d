package io.inmesh.agent;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * The agent as a process, until it is told to stop: keeps the identity of a workload, or of every workload of a node, current as PEM files or
 * at Unix sockets, for processes that are not Java and for those that are.
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
        Optional<Path> folder = options.output();
        Optional<PemDirectory> output =
                folder.isPresent() ? Optional.of(PemDirectory.open(folder.get())) : Optional.empty();
        CountDownLatch stopped = new CountDownLatch(1);
        List<MeshAgent> agents = new CopyOnWriteArrayList<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            agents.forEach(MeshAgent::close);
            stopped.countDown();
        }));
        for (MeshAgentBuilder builder : options.agents()) {
            agents.add(builder.build());
        }
        output.ifPresent(
                files -> agents.forEach(agent -> agent.identitySource().start(identity -> deliver(files, identity))));
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
