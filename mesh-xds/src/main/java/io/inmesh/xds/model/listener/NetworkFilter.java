package io.inmesh.xds.model.listener;

import io.inmesh.xds.model.rbac.Rbac;
import io.inmesh.xds.model.route.ClusterSpecifier;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A filter on a connection. */
public sealed interface NetworkFilter
        permits HttpConnectionManager, NetworkFilter.TcpProxy, NetworkFilter.NetworkRbac, NetworkFilter.Other {

    /** The filter's name in the chain. */
    String name();

    /**
     * Bytes go to a cluster.
     *
     * @param idleTimeout 1 hour by default; zero is never
     * @param maxDownstreamConnectionDuration null if unlimited
     */
    record TcpProxy(
            String name,
            ClusterSpecifier cluster,
            Duration idleTimeout,
            @Nullable Duration maxDownstreamConnectionDuration)
            implements NetworkFilter {
        public TcpProxy {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(cluster, "cluster");
            Objects.requireNonNull(idleTimeout, "idleTimeout");
        }
    }

    /** Access rules on connections. */
    record NetworkRbac(String name, Rbac rbac) implements NetworkFilter {
        public NetworkRbac {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(rbac, "rbac");
        }
    }

    /**
     * A filter that Inmesh does not run.
     *
     * @param typeUrl of its configuration; may be empty
     * @param security it may be there to deny, so that connections of the chain must be
     */
    record Other(String name, String typeUrl, boolean security) implements NetworkFilter {
        public Other {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(typeUrl, "typeUrl");
        }
    }
}
