package io.inmesh.control.translate;

/** The names by which resources refer to one another; peers and tools read them, so they are Istio's to the letter. */
final class XdsNames {

    static final String PASSTHROUGH = "PassthroughCluster";
    static final String BLACK_HOLE = "BlackHoleCluster";
    static final String INBOUND_PASSTHROUGH = "InboundPassthroughCluster";

    private XdsNames() {}

    static String outboundCluster(int port, String subset, String host) {
        return "outbound|" + port + "|" + subset + "|" + host;
    }

    static String inboundCluster(int port) {
        return "inbound|" + port + "||";
    }

    /** The server name by which gateways between networks find the cluster; its underscores are meant. */
    static String serverName(int port, String subset, String host) {
        return "outbound_." + port + "_." + subset + "_." + host;
    }
}
