package io.inmesh.agent.ads;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.xds.state.HostDemand;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The hosts that this process calls: which are there, which do not exist, which are waited for. Thread-safe. */
final class DemandedHosts implements HostDemand {

    private final DemandSettings settings;
    private final MeshClock clock;
    private final Consumer<String> asked;
    private final AtomicReference<Port[]> ports = new AtomicReference<>(new Port[0]);

    /** The hosts of a port by authority as callers write it, so that a known one is found without making a text. */
    private record Port(int number, Map<String, DemandedHost> hosts) {}

    /** @param asked hears the name, {@code <port>/<host>}, of each host that has to be asked for */
    DemandedHosts(DemandSettings settings, MeshClock clock, Consumer<String> asked) {
        this.settings = settings;
        this.clock = clock;
        this.asked = asked;
    }

    @Override
    public boolean known(int port, String authority) {
        Port hosts = find(ports(), port);
        DemandedHost host = hosts == null ? null : hosts.hosts.get(authority);
        return host != null && host.called(clock.nanoTime());
    }

    @Override
    public void await(int port, String authority) throws InterruptedException {
        DemandedHost host = host(port, authority);
        if (host == null) {
            return;
        }
        CompletableFuture<Boolean> answer = host.ask(clock.nanoTime());
        asked.accept(host.name());
        if (!host.present() && !host.await(answer, settings.firstCall().toNanos())) {
            host.missing(unknownUntil());
        }
    }

    /** Null if there are so many unknown ones that one more is not asked for. */
    private @Nullable DemandedHost host(int port, String authority) {
        Map<String, DemandedHost> hosts = port(port).hosts;
        DemandedHost known = hosts.get(authority);
        long now = clock.nanoTime();
        if (known != null || tooManyUnknown(hosts)) {
            return known;
        }
        return hosts.computeIfAbsent(authority, unknown -> new DemandedHost(port + "/" + nameOf(authority), now));
    }

    private boolean tooManyUnknown(Map<String, DemandedHost> hosts) {
        int most = settings.mostUnknown();
        return hosts.size() >= most
                && hosts.values().stream().filter(host -> !host.present()).count() >= most;
    }

    private Port port(int number) {
        Port[] now = ports.updateAndGet(before -> {
            if (find(before, number) != null) {
                return before;
            }
            Port[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = new Port(number, new ConcurrentHashMap<>());
            return more;
        });
        Port found = find(Objects.requireNonNull(now), number);
        return found == null ? new Port(number, new ConcurrentHashMap<>()) : found;
    }

    /** These names have their routes, and calls find them. */
    void present(Collection<String> names) {
        each(host -> {
            if (names.contains(host.name()) && !host.present()) {
                host.come();
            }
        });
    }

    /** These names do not exist. */
    void missing(Collection<String> names) {
        each(host -> {
            if (names.contains(host.name())) {
                host.missing(unknownUntil());
            }
        });
    }

    /** The names that are wanted: the warm ones and those that were called lately; the others are forgotten here. */
    Set<String> wanted() {
        long now = clock.nanoTime();
        long unused = settings.unusedFor().toNanos();
        Set<String> wanted = new LinkedHashSet<>(settings.warm());
        for (Port port : ports()) {
            port.hosts.values().removeIf(host -> host.idle(now, unused));
            port.hosts.values().forEach(host -> wanted.add(host.name()));
        }
        return wanted;
    }

    private long unknownUntil() {
        return clock.nanoTime() + settings.unknownFor().toNanos();
    }

    private void each(Consumer<DemandedHost> action) {
        for (Port port : ports()) {
            port.hosts.values().forEach(action);
        }
    }

    private Port[] ports() {
        return Objects.requireNonNull(ports.get());
    }

    private static @Nullable Port find(Port[] ports, int number) {
        for (Port port : ports) {
            if (port.number == number) {
                return port;
            }
        }
        return null;
    }

    /** Hosts are compared in lower case and without their port. */
    private static String nameOf(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean address = authority.startsWith("[");
        boolean hasPort = colon > 0 && (address ? authority.charAt(colon - 1) == ']' : authority.indexOf(':') == colon);
        return (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }
}
