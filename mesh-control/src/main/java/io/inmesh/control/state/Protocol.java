package io.inmesh.control.state;

import java.util.Locale;

/** What a service's port speaks, as Istio reads it from appProtocol, the port's name or a ServiceEntry. */
public enum Protocol {
    HTTP,
    HTTP2,
    TCP,
    /** Nothing was said; it is taken for HTTP where the bytes look like it. */
    UNKNOWN;

    /** @param declared {@code appProtocol} or a ServiceEntry's protocol; empty if nothing was declared */
    static Protocol of(String declared, String portName) {
        return declared.isEmpty() ? parse(portName.split("-", 2)[0]) : parse(declared);
    }

    private static Protocol parse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "http", "http_proxy" -> HTTP;
            case "http2", "grpc", "grpc-web", "kubernetes.io/h2c" -> HTTP2;
            case "tcp", "tls", "https", "mongo", "mysql", "redis", "hbone", "kubernetes.io/wss" -> TCP;
            default -> UNKNOWN;
        };
    }

    /** Whether routes of VirtualServices hold for it. */
    public boolean http() {
        return this != TCP;
    }
}
