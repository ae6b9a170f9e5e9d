package io.inmesh.conformance.echo;

import io.inmesh.testkit.TestDns;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servers of endpoints that are names: each address {@code 10.x.y.z} of a name is {@code 127.x.y.z} here, all on the same port, and a name
 * server says so. Thread-safe once it is set up.
 */
final class NamedServers implements AutoCloseable {

    private static final int SECONDS = 1;
    private static final int TRIES = 50;

    private final EchoServers owner;
    private final Map<String, Set<String>> addresses;
    private final Map<String, String> endpointByLocal = new HashMap<>();
    private final @Nullable TestDns dns;

    NamedServers(EchoServers owner, Map<String, Set<String>> addresses) {
        this.owner = owner;
        this.addresses = Map.copyOf(addresses);
        dns = addresses.isEmpty() ? null : new TestDns();
    }

    boolean knows(String endpoint) {
        return addresses.containsKey(name(endpoint));
    }

    /** Listens on one port of all the name's addresses. */
    int listen(String endpoint) throws IOException {
        for (int i = 0; ; i++) {
            try {
                return listenOnce(endpoint);
            } catch (BindException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }

    private int listenOnce(String endpoint) throws IOException {
        List<ServerSocket> listeners = new ArrayList<>();
        int port = 0;
        List<String> all = List.copyOf(addresses.get(name(endpoint)));
        try {
            for (String address : all) {
                ServerSocket listener = new ServerSocket(port, 128, InetAddress.getAllByName(local(address))[0]);
                listeners.add(listener);
                port = listener.getLocalPort();
            }
        } catch (BindException e) {
            for (ServerSocket listener : listeners) {
                listener.close();
            }
            throw e;
        }
        for (int i = 0; i < all.size(); i++) {
            String served = all.get(i) + endpoint.substring(endpoint.lastIndexOf(':'));
            endpointByLocal.put(local(all.get(i)) + ":" + port, served);
            owner.serve(served, listeners.get(i));
        }
        return port;
    }

    void name(Map<String, List<String>> names) {
        if (dns == null) {
            return;
        }
        names.forEach((name, now) -> {
            if (now.isEmpty()) {
                dns.forget(name);
            } else {
                dns.name(name, SECONDS, now.stream().map(NamedServers::local).toArray(String[]::new));
            }
        });
    }

    Optional<InetSocketAddress> nameServer() {
        return Optional.ofNullable(dns).map(TestDns::address);
    }

    @Nullable
    String endpointAt(String localAddress) {
        return endpointByLocal.get(localAddress);
    }

    @Override
    public void close() {
        if (dns != null) {
            dns.close();
        }
    }

    private static String local(String address) {
        return "127" + address.substring(address.indexOf('.'));
    }

    private static String name(String endpoint) {
        return endpoint.substring(0, endpoint.lastIndexOf(':'));
    }
}
