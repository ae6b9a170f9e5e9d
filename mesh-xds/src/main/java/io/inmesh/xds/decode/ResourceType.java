package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Clusters;
import io.inmesh.xds.envoy.Endpoints;
import io.inmesh.xds.envoy.Listeners;
import io.inmesh.xds.envoy.Routes;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of resources that a node asks for, in the order in which a control service sends them. */
public enum ResourceType {
    CLUSTER(Clusters.Cluster.TYPE.typeUrl()),
    LOAD_ASSIGNMENT(Endpoints.ClusterLoadAssignment.TYPE.typeUrl()),
    LISTENER(Listeners.Listener.TYPE.typeUrl()),
    ROUTE_CONFIGURATION(Routes.RouteConfiguration.TYPE.typeUrl());

    private final String typeUrl;

    ResourceType(String typeUrl) {
        this.typeUrl = typeUrl;
    }

    /** The name in discovery requests and responses. */
    public String typeUrl() {
        return typeUrl;
    }

    /** The message's full name, such as {@code envoy.config.cluster.v3.Cluster}. */
    public String fullName() {
        return typeUrl.substring(typeUrl.lastIndexOf('/') + 1);
    }

    /** Clusters and listeners come all at once: one that is absent from a response is gone. The others are asked for by name. */
    public boolean wildcard() {
        return this == CLUSTER || this == LISTENER;
    }

    /** The type of that URL, if it is one of ours. */
    public static Optional<ResourceType> of(String typeUrl) {
        return Arrays.stream(values())
                .filter(type -> type.typeUrl.equals(typeUrl))
                .findFirst();
    }
}
