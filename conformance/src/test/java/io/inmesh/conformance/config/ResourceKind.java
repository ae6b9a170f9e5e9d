package io.inmesh.conformance.config;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.inmesh.testkit.EnvoyDescriptors;

/** A type of xDS resource; its file is named as in the captures. */
public enum ResourceKind {
    CLUSTER("Cluster", "name", Cluster.getDefaultInstance()),
    ENDPOINTS("ClusterLoadAssignment", "clusterName", ClusterLoadAssignment.getDefaultInstance()),
    LISTENER("Listener", "name", Listener.getDefaultInstance()),
    ROUTES("RouteConfiguration", "name", RouteConfiguration.getDefaultInstance());

    private final String file;
    private final String nameField;
    private final Descriptor descriptor;

    ResourceKind(String file, String nameField, Message prototype) {
        this.file = file;
        this.nameField = nameField;
        this.descriptor = new EnvoyDescriptors().newest(prototype.getDescriptorForType());
    }

    /** The file's name without its ending. */
    public String file() {
        return file;
    }

    /** The JSON field that holds a resource's name. */
    String nameField() {
        return nameField;
    }

    /** The name in discovery responses. */
    public String typeUrl() {
        return "type.googleapis.com/" + descriptor.getFullName();
    }

    Message.Builder builder() {
        return DynamicMessage.newBuilder(descriptor);
    }
}
