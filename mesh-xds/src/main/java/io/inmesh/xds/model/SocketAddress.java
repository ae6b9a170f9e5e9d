package io.inmesh.xds.model;

/**
 * Where to connect or listen.
 *
 * @param host an IP literal without brackets or, in clusters found by DNS, a name
 * @param port 0 to 65535
 */
public record SocketAddress(String host, int port) {

    public SocketAddress {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("An address has a host");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is 0 to 65535: " + port);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
