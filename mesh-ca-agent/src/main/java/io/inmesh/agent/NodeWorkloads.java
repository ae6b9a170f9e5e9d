package io.inmesh.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The workloads of a node, as its operator lists them: one a line, empty lines and those that begin with {@code #} aside. Stateless. */
final class NodeWorkloads {

    private NodeWorkloads() {}

    /**
     * One workload and who may have its identity.
     *
     * @param token proves the workload to the control service
     * @param socket where it is served, to nobody else
     * @param user the one user id that may connect; empty for the agent's own
     */
    record Workload(String namespace, String serviceAccount, Path token, Path socket, OptionalInt user) {}

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException with the line, if it cannot be understood or two workloads share a socket
     */
    static List<Workload> read(Path file) throws IOException {
        List<Workload> workloads = new ArrayList<>();
        Set<Path> sockets = new HashSet<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            Workload workload = parse(text, file + ":" + number);
            if (!sockets.add(workload.socket().toAbsolutePath().normalize())) {
                throw new IllegalArgumentException(
                        file + ":" + number + ": two workloads at one socket: " + workload.socket());
            }
            workloads.add(workload);
        }
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException(file + " lists no workload");
        }
        return workloads;
    }

    private static Workload parse(String text, String place) {
        String[] parts = text.split("\\s+", -1);
        boolean user = parts.length == 5;
        if (parts.length < 4 || parts.length > 5 || (user && !parts[4].matches("\\d{1,9}"))) {
            throw new IllegalArgumentException(
                    place + ": 'namespace service-account token-file socket [uid]' is needed, not: " + text);
        }
        return new Workload(
                parts[0],
                parts[1],
                Path.of(parts[2]),
                Path.of(parts[3]),
                user ? OptionalInt.of(Integer.parseInt(parts[4])) : OptionalInt.empty());
    }
}
