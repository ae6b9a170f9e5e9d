package io.inmesh.xds.decode;

import java.util.Objects;

/**
 * A resource that cannot be used at all. The last good one of that name stays.
 *
 * @param type the message's full name, such as {@code envoy.config.cluster.v3.Cluster}
 * @param name the resource's; empty if it has none
 * @param reason a sentence, with the path to the culprit where there is one
 */
public record Rejection(String type, String name, String reason) {

    public Rejection {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
        return type + " '" + name + "': " + reason;
    }
}
