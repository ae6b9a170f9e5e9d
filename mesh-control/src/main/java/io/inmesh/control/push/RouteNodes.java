package io.inmesh.control.push;

import io.inmesh.control.state.PushContext;
import io.inmesh.control.state.graph.Derived;
import io.inmesh.control.state.graph.Family;
import io.inmesh.control.translate.Scopes;
import io.inmesh.control.translate.Translation;
import io.inmesh.xds.envoy.Routes.RouteConfiguration;
import io.inmesh.xds.envoy.Routes.VirtualHost;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Virtual hosts as computed values, and the route configurations that are put together of them without serialising them again. */
final class RouteNodes {

    private static final int VIRTUAL_HOSTS = 2;

    private final PushContext context;
    private final Runnable onEncoded;
    private final Family<HostKey, Optional<EncodedHost>> hosts;
    private final Family<PortKey, List<EncodedResource>> tables;
    private final Family<PortKey, List<EncodedResource>> emptyTables;
    private final Family<NameKey, List<EncodedResource>> byName;

    private record HostKey(Scopes.Outbound client, int port, String host) {}

    private record PortKey(Scopes.Outbound client, int port) {}

    private record NameKey(Scopes.Outbound client, String name) {}

    /** A virtual host with its bytes; equal if the bytes are. */
    private static final class EncodedHost {
        private final Message message;
        private final byte[] bytes;
        private final long hash;

        private EncodedHost(Message message) {
            this.message = message;
            this.bytes = message.toBytes();
            this.hash = EncodedResource.hash(bytes);
        }

        static EncodedHost of(Message message) {
            return new EncodedHost(message);
        }

        Message message() {
            return message;
        }

        byte[] bytes() {
            return bytes;
        }

        long hash() {
            return hash;
        }

        List<String> domains() {
            return message.get(VirtualHost.DOMAINS);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof EncodedHost that && hash == that.hash && bytes.length == that.bytes.length;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(hash);
        }
    }

    /** @param onEncoded is told of each resource that was translated and serialised */
    RouteNodes(PushContext context, Runnable onEncoded) {
        this.context = context;
        this.onEncoded = onEncoded;
        hosts = new Family<>(context.graph(), this::encodeHost);
        tables = new Family<>(context.graph(), key -> List.of(assemble(key)));
        emptyTables = new Family<>(context.graph(), key -> List.of(shell(key)));
        byName = new Family<>(context.graph(), this::find);
    }

    /** The route configuration of a port with all its virtual hosts. */
    Derived<List<EncodedResource>> table(Scopes.Outbound client, int port) {
        return tables.keep(new PortKey(client, port));
    }

    /** The route configuration of a port whose virtual hosts are asked for one by one. */
    Derived<List<EncodedResource>> emptyTable(Scopes.Outbound client, int port) {
        return emptyTables.keep(new PortKey(client, port));
    }

    /** The virtual host that takes calls to {@code <port>/<domain>}. */
    Derived<List<EncodedResource>> virtualHost(Scopes.Outbound client, String name) {
        return byName.keep(new NameKey(client, name));
    }

    private Optional<EncodedHost> encodeHost(HostKey key) {
        Optional<Message> host = Translation.virtualHost(context, key.client, key.port, key.host);
        host.ifPresent(made -> onEncoded.run());
        return host.map(EncodedHost::of);
    }

    private EncodedResource shell(PortKey key) {
        onEncoded.run();
        return EncodedResource.of(
                Integer.toString(key.port),
                Translation.routeTable(context, key.client, key.port)
                        .with(RouteConfiguration.VHDS, Translation.virtualHostsOnDemand()));
    }

    /** Each domain may be there only once, else Envoy refuses all of them. */
    private EncodedResource assemble(PortKey key) {
        onEncoded.run();
        Set<String> taken = new HashSet<>();
        List<EncodedHost> used = new ArrayList<>();
        int size = 0;
        for (String name : Translation.routeHosts(context, key.client, key.port)) {
            Optional<EncodedHost> host = hosts.read(new HostKey(key.client, key.port, name));
            Optional<EncodedHost> own = host.flatMap(found -> withoutTaken(found, taken));
            if (own.isPresent()) {
                used.add(own.get());
                size += own.get().bytes().length + 6;
            }
        }
        ByteSink appended = new ByteSink(size);
        used.forEach(host -> appended.field(VIRTUAL_HOSTS, host.bytes()));
        return EncodedResource.of(
                Integer.toString(key.port),
                Translation.routeTable(context, key.client, key.port),
                appended.toBytes(),
                used.stream().map(EncodedHost::hash).toList());
    }

    private static Optional<EncodedHost> withoutTaken(EncodedHost host, Set<String> taken) {
        List<String> domains = host.domains();
        List<String> free = domains.stream().filter(taken::add).toList();
        if (free.size() == domains.size()) {
            return Optional.of(host);
        }
        return free.isEmpty()
                ? Optional.empty()
                : Optional.of(EncodedHost.of(host.message().with(VirtualHost.DOMAINS, free)));
    }

    private List<EncodedResource> find(NameKey key) {
        int slash = key.name.indexOf('/');
        String port = slash < 0 ? "" : key.name.substring(0, slash);
        if (!port.matches("[0-9]{1,5}")) {
            return List.of();
        }
        for (String host : Translation.hostsOfDomain(context, key.client, key.name.substring(slash + 1))) {
            Optional<EncodedHost> found = hosts.read(new HostKey(key.client, Integer.parseInt(port), host));
            if (found.isPresent()) {
                return List.of(EncodedResource.of(
                        key.name, XdsType.VHDS.url(), found.get().bytes()));
            }
        }
        return List.of();
    }
}
