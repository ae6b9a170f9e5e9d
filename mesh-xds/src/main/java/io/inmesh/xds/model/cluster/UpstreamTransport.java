package io.inmesh.xds.model.cluster;

import io.inmesh.xds.model.tls.TransportSocket;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which transport socket an endpoint gets: that of the first match whose fields are all in the endpoint's
 * {@code envoy.transport_socket_match} metadata, else the default.
 */
public record UpstreamTransport(List<Match> matches, TransportSocket defaultSocket) {

    /** Plaintext. */
    public static final UpstreamTransport RAW = new UpstreamTransport(List.of(), new TransportSocket.Raw());

    public UpstreamTransport {
        matches = List.copyOf(matches);
        Objects.requireNonNull(defaultSocket, "defaultSocket");
    }

    /**
     * One rule.
     *
     * @param match wanted metadata; empty matches every endpoint. Istio's: {@code tlsMode=istio}
     */
    public record Match(String name, Map<String, String> match, TransportSocket socket) {
        public Match {
            Objects.requireNonNull(name, "name");
            match = Map.copyOf(match);
            Objects.requireNonNull(socket, "socket");
        }
    }
}
