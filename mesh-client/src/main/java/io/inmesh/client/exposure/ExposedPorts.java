package io.inmesh.client.exposure;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Names the listening sockets that the mesh does not protect, each once in the log, and all of them whenever it is asked. A server's
 * adapter says which port it protects, a part of the mesh which port is its own. Thread-safe.
 */
public final class ExposedPorts {

    private static final Logger LOG = System.getLogger(ExposedPorts.class.getName());

    private final Supplier<Optional<List<InetSocketAddress>>> sockets;
    private final Set<Integer> covered = ConcurrentHashMap.newKeySet();
    private final Set<InetSocketAddress> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ignoranceTold = new AtomicBoolean();

    /**
     * Nothing is covered yet.
     *
     * @param sockets the process' listening sockets; empty where they cannot be known
     */
    public ExposedPorts(Supplier<Optional<List<InetSocketAddress>>> sockets) {
        this.sockets = sockets;
    }

    /** The mesh protects the port, or it is the mesh's own and meant to be plaintext. */
    public void cover(int port) {
        covered.add(port);
    }

    /** Sockets that anybody who reaches them can use, whatever the policies; empty where they cannot be known. */
    public Optional<List<InetSocketAddress>> exposed() {
        return sockets.get().map(all -> all.stream()
                .filter(socket -> !covered.contains(socket.getPort()))
                .toList());
    }

    /** Logs what has come since the last time. */
    public void tell() {
        Optional<List<InetSocketAddress>> exposed = exposed();
        if (exposed.isEmpty() && ignoranceTold.compareAndSet(false, true)) {
            LOG.log(Level.INFO, "Which other sockets listen in this process cannot be known on this system");
        }
        for (InetSocketAddress socket : exposed.orElse(List.of())) {
            if (told.add(socket)) {
                LOG.log(Level.WARNING, "Listening socket that the mesh does not protect: {0}", text(socket));
            }
        }
    }

    /** As logs and health have it, such as {@code 0.0.0.0:5005}. */
    public static String text(InetSocketAddress socket) {
        String host = socket.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + socket.getPort();
    }
}
