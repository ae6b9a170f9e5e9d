package io.inmesh.agent.ads;

import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Routes.VirtualHost;
import org.jspecify.annotations.Nullable;

/** What is asked for one by one, and listeners, which come by themselves. */
enum DemandType {
    LISTENER(ResourceType.LISTENER.typeUrl()),
    ROUTE_CONFIGURATION(ResourceType.ROUTE_CONFIGURATION.typeUrl()),
    VIRTUAL_HOST(VirtualHost.TYPE.typeUrl()),
    CLUSTER(ResourceType.CLUSTER.typeUrl()),
    LOAD_ASSIGNMENT(ResourceType.LOAD_ASSIGNMENT.typeUrl());

    private final String typeUrl;

    DemandType(String typeUrl) {
        this.typeUrl = typeUrl;
    }

    String typeUrl() {
        return typeUrl;
    }

    boolean wildcard() {
        return this == LISTENER;
    }

    static @Nullable DemandType of(String typeUrl) {
        for (DemandType type : values()) {
            if (type.typeUrl.equals(typeUrl)) {
                return type;
            }
        }
        return null;
    }
}
