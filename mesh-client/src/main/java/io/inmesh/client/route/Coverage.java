package io.inmesh.client.route;

import io.inmesh.xds.model.cluster.UpstreamTransport;
import io.inmesh.xds.model.tls.TransportSocket;
import io.inmesh.xds.model.tls.UpstreamTls;
import org.jspecify.annotations.Nullable;

/** Tells hosts of the mesh from those that a request only passes through to. */
public final class Coverage {

    private static final int NAME_PARTS = 4;

    private Coverage() {}

    /**
     * Whether a request for the authority may meet anything but the way straight to its own address. What no configuration says anything
     * about is the mesh's too: it has an answer for that.
     *
     * @param secured the application's own TLS, which is not looked into
     */
    public static boolean carries(MeshSnapshot snapshot, boolean secured, int port, String authority) {
        RouteTable table = secured ? null : snapshot.table(port, authority);
        if (table == null) {
            CompiledRoute unmatched = snapshot.unmatched();
            return unmatched == null || !straight(snapshot, unmatched);
        }
        CompiledVirtualHost host = table.hosts().find(authority);
        return host == null || !allStraight(snapshot, host);
    }

    /**
     * Whether the host is a service whose peers are offered the mesh's mutual TLS, so that it may refuse whoever comes without.
     *
     * @param host in full, or as short as callers of its namespace may have it
     */
    public static boolean offersMutualTls(MeshSnapshot snapshot, String host, int port) {
        return snapshot.clusters().values().stream().anyMatch(cluster -> {
            // outbound|<port>|<subset>|<host>
            String[] name = cluster.name().split("\\|", -1);
            return name.length == NAME_PARTS
                    && name[1].equals(Integer.toString(port))
                    && (name[3].equals(host) || name[3].startsWith(host + "."))
                    && offersMutualTls(cluster.definition().transport());
        });
    }

    private static boolean offersMutualTls(UpstreamTransport transport) {
        return isMutual(transport.defaultSocket())
                || transport.matches().stream().anyMatch(match -> isMutual(match.socket()));
    }

    private static boolean isMutual(TransportSocket socket) {
        return socket instanceof UpstreamTls tls && !tls.common().certificates().isEmpty();
    }

    private static boolean allStraight(MeshSnapshot snapshot, CompiledVirtualHost host) {
        for (CompiledRoute route : host.routes()) {
            if (!straight(snapshot, route)) {
                return false;
            }
        }
        return true;
    }

    private static boolean straight(MeshSnapshot snapshot, CompiledRoute route) {
        return route.target() instanceof RouteTarget.Forward forward
                && forward.clusters().shares().stream().allMatch(share -> straight(snapshot.cluster(share.cluster())));
    }

    private static boolean straight(@Nullable UpstreamCluster cluster) {
        return cluster != null && cluster.originalDestination() != null;
    }
}
