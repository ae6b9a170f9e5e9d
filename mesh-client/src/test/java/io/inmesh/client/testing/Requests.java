package io.inmesh.client.testing;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.PeerCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests and connections as plain data. */
public final class Requests {

    private Requests() {}

    public static MeshRequest get(String path, String... headers) {
        return request("GET", "httpbin", path, headers);
    }

    /** A request; each header is written as {@code name: value}. */
    public static MeshRequest request(String method, String authority, String path, String... headers) {
        Map<String, List<String>> lines = new TreeMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            lines.computeIfAbsent(header.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.substring(colon + 1).strip());
        }
        return new Head(method, authority, path, lines);
    }

    public static InboundConnection plaintext(int port) {
        return InboundConnection.plaintext(
                address("10.0.0.1", port), address("10.244.0.9", 40_000), List.of("http/1.1"));
    }

    public static InboundConnection mutualTls(int port, String uri) {
        return InboundConnection.tls(
                        address("10.0.0.1", port),
                        address("10.244.0.9", 40_000),
                        "outbound_.8000_._.httpbin.default.svc.cluster.local",
                        List.of("istio-http/1.1", "istio", "http/1.1"))
                .withPeer(
                        new PeerCertificate(List.of(uri), List.of(), "O=\"x\"", "00ff"),
                        "spiffe://cluster.local/ns/default/sa/httpbin");
    }

    public static InetSocketAddress address(String literal, int port) {
        try {
            return new InetSocketAddress(InetAddress.getAllByName(literal)[0], port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    private record Head(String method, String authority, String path, Map<String, List<String>> lines)
            implements MeshRequest {

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public @Nullable String header(String name) {
            return lines.containsKey(name) ? String.join(",", lines.get(name)) : null;
        }

        @Override
        public List<String> headerValues(String name) {
            return lines.getOrDefault(name, List.of());
        }
    }
}
