package io.inmesh.client.route;

import org.jspecify.annotations.Nullable;

/** Tells hosts of the mesh from those that a request only passes through to. */
public final class Coverage {

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
