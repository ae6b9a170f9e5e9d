package io.inmesh.client.pipeline;

import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.security.ClientTls;
import io.inmesh.client.security.ClientTlsFactory;
import io.inmesh.client.security.ClientTlsSettings;
import io.inmesh.client.security.TlsUnavailableException;
import io.inmesh.xds.model.tls.TransportSocket;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a cluster says of its transport into TLS, or plaintext where it says so. Whatever cannot be honoured fails; nothing
 * is sent in the clear that was meant to be protected. Thread-safe.
 */
public final class EndpointTls {

    private static final int MAX_KNOWN = 4096;

    private final ClientTlsFactory factory;
    private final Map<UpstreamTls, Reading> readings = new ConcurrentHashMap<>();

    public EndpointTls(ClientTlsFactory factory) {
        this.factory = factory;
    }

    /**
     * What lies over TCP.
     *
     * @return null for plaintext
     * @throws TransportException if no connection may be made
     */
    public @Nullable ClientTls of(TransportSocket socket) throws TransportException {
        if (socket instanceof TransportSocket.Raw) {
            return null;
        }
        if (!(socket instanceof UpstreamTls tls)) {
            throw refused("The cluster's transport socket is not supported: " + socket);
        }
        ClientTlsSettings settings = settings(tls);
        try {
            return factory.current(settings);
        } catch (TlsUnavailableException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private ClientTlsSettings settings(UpstreamTls tls) throws TransportException {
        Reading reading = readings.get(tls);
        if (reading == null) {
            if (readings.size() >= MAX_KNOWN) {
                readings.clear();
            }
            reading = readings.computeIfAbsent(tls, Reading::of);
        }
        ClientTlsSettings settings = reading.settings();
        if (settings == null) {
            throw refused(reading.problem());
        }
        return settings;
    }

    private static TransportException refused(String why) {
        return new TransportException(ResetReason.LOCAL_CONNECTION_FAILURE, why, false, null);
    }

    /** Settings, or why there are none. */
    private record Reading(@Nullable ClientTlsSettings settings, String problem) {

        static Reading of(UpstreamTls tls) {
            try {
                return new Reading(ClientTlsSettings.of(tls), "");
            } catch (IllegalArgumentException e) {
                return new Reading(null, String.valueOf(e.getMessage()));
            }
        }
    }
}
