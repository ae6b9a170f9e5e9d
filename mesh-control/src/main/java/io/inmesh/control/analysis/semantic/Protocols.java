package io.inmesh.control.analysis.semantic;

import java.util.Locale;
import java.util.Set;

/** Istio's names of protocols, in any case. Stateless. */
final class Protocols {

    private static final Set<String> HTTP = Set.of("HTTP", "HTTP2", "GRPC", "GRPC-WEB", "HTTP_PROXY");
    private static final Set<String> TLS = Set.of("HTTPS", "TLS", "HBONE");
    private static final Set<String> OTHERS = Set.of("TCP", "UDP", "MONGO", "REDIS", "MYSQL");

    private Protocols() {}

    static boolean isKnown(String name) {
        return isHttp(name) || isTls(name) || OTHERS.contains(upper(name));
    }

    static boolean isHttp(String name) {
        return HTTP.contains(upper(name));
    }

    static boolean isTls(String name) {
        return TLS.contains(upper(name));
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
