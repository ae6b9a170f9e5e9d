package io.inmesh.control.push;

import java.util.Optional;

/** The resource types that are served, in the order in which they are sent: what is referred to comes before what refers to it. */
public enum XdsType {
    CDS("type.googleapis.com/envoy.config.cluster.v3.Cluster", true),
    EDS("type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment", false),
    LDS("type.googleapis.com/envoy.config.listener.v3.Listener", true),
    RDS("type.googleapis.com/envoy.config.route.v3.RouteConfiguration", false),
    /** Certificates of gateways, by {@code kubernetes://<secret>}. */
    SDS("type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret", false),
    /** Single virtual hosts, by {@code <route configuration>/<domain>}. */
    VHDS("type.googleapis.com/envoy.config.route.v3.VirtualHost", false);

    private final String url;
    private final boolean wildcard;

    XdsType(String url, boolean wildcard) {
        this.url = url;
        this.wildcard = wildcard;
    }

    public String url() {
        return url;
    }

    /** Whether asking for no name means all of them, and whether what is missing in an answer is thereby deleted. */
    boolean wildcard() {
        return wildcard;
    }

    static Optional<XdsType> ofUrl(String url) {
        for (XdsType type : values()) {
            if (type.url.equals(url)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
