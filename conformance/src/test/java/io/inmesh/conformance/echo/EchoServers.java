package io.inmesh.conformance.echo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One local server per endpoint of a configuration. Thread-safe. */
public final class EchoServers implements AutoCloseable {

    private static final long QUIET_MILLIS = 400;
    private static final int FULL_AFTER_MILLIS = 200;

    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final NamedServers named;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Condition arrived = lock.newCondition();
    private Script script = new Script(Map.of());
    private boolean copies;
    private int connections;
    private final Holding holding = new Holding();

    /**
     * Starts them; all behave well until a script says otherwise.
     *
     * @param endpoints the addresses of the configuration
     * @param refusing those of them that refuse connections
     * @param silent those of them that never take a connection, so that connecting takes for ever
     * @param names every address ({@code ip}) that names among the endpoints stand for at any time
     */
    public EchoServers(
            Set<String> endpoints, Set<String> refusing, Set<String> silent, Map<String, Set<String>> names) {
        named = new NamedServers(this, names);
        open.add(named);
        try {
            for (String endpoint : endpoints) {
                ports.put(endpoint, port(endpoint, refusing, silent));
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    private int port(String endpoint, Set<String> refusing, Set<String> silent) throws IOException {
        if (named.knows(endpoint)) {
            return named.listen(endpoint);
        } else if (refusing.contains(endpoint)) {
            return reserve();
        }
        return silent.contains(endpoint) ? fill() : listen(endpoint);
    }

    /** From now on these names stand for these addresses; for none: there is no such name. */
    public void name(Map<String, List<String>> names) {
        named.name(names);
    }

    /** The name server that knows of them; empty if no endpoint is a name. */
    public Optional<InetSocketAddress> nameServer() {
        return named.nameServer();
    }

    /** The local port of an endpoint. */
    public int port(String endpoint) {
        Integer port = ports.get(endpoint);
        if (port == null) {
            throw new IllegalArgumentException("No endpoint " + endpoint);
        }
        return port;
    }

    /** The endpoint behind a local address ({@code ip:port}), or the address itself where there is none. */
    public String endpointAt(String localAddress) {
        String behindName = named.endpointAt(localAddress);
        if (behindName != null) {
            return behindName;
        }
        int port = Integer.parseInt(localAddress.substring(localAddress.lastIndexOf(':') + 1));
        return ports.entrySet().stream()
                .filter(entry -> entry.getValue() == port)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(localAddress);
    }

    /** From now on the upstreams follow this script. */
    public void follow(Script next) {
        lock.lock();
        try {
            script = next;
        } finally {
            lock.unlock();
        }
    }

    /** Whether copies arrive that no answer waits for; what arrives is then told by endpoint, because copies keep no order. */
    public void expectCopies(boolean expected) {
        lock.lock();
        try {
            copies = expected;
        } finally {
            lock.unlock();
        }
    }

    /** A step begins, with so many calls. */
    public void begin(int calls) {
        holding.begin(calls);
    }

    /** A call of the step has its answer. */
    public void end() {
        holding.end();
    }

    void hold(int waiting) {
        holding.hold(waiting);
    }

    /** The number of a new connection. */
    int connected() {
        lock.lock();
        try {
            return ++connections;
        } finally {
            lock.unlock();
        }
    }

    /** What arrived since the last time, in order. */
    public List<Arrival> drain() {
        lock.lock();
        try {
            if (copies) {
                awaitQuiet();
                arrivals.sort(Comparator.comparing(Arrival::endpoint));
            }
            List<Arrival> drained = List.copyOf(arrivals);
            arrivals.clear();
            return drained;
        } finally {
            lock.unlock();
        }
    }

    private void awaitQuiet() {
        try {
            while (arrived.await(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
                // One more; there may be others behind it.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Instruction record(Arrival arrival) {
        lock.lock();
        try {
            arrivals.add(arrival);
            arrived.signalAll();
            return script.next(arrival.endpoint());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        for (AutoCloseable closeable : open) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("An upstream does not close", e);
            }
        }
    }

    private int listen(String endpoint) throws IOException {
        ServerSocket listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        serve(endpoint, listener);
        return listener.getLocalPort();
    }

    void serve(String endpoint, ServerSocket listener) {
        EchoServer server = new EchoServer(endpoint, listener, this);
        open.add(server);
        server.start();
    }

    /** A port that is bound, so that nobody else gets it, and does not listen: connections to it are refused. */
    private int reserve() throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket.getLocalPort();
    }

    /** A port whose queue of connections is full: the kernel answers no further one. */
    private int fill() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(listener);
        for (boolean full = false; !full; ) {
            Socket waiting = new Socket();
            open.add(waiting);
            try {
                waiting.connect(listener.getLocalSocketAddress(), FULL_AFTER_MILLIS);
            } catch (SocketTimeoutException e) {
                full = true;
            }
        }
        return listener.getLocalPort();
    }
}
