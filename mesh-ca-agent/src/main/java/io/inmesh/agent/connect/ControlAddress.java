package io.inmesh.agent.connect;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the control service (or istiod) is and how it proves that it is the one.
 *
 * @param host name or address to connect to
 * @param port 15012 under TLS, 15010 without
 * @param tls how the server is recognised; empty for plaintext, which is for development only
 */
public record ControlAddress(String host, int port, Optional<ServerTrust> tls) {

    /** Istio's port for xDS and certificates under TLS. */
    public static final int TLS_PORT = 15012;

    /** Istio's port without TLS. */
    public static final int PLAINTEXT_PORT = 15010;

    public ControlAddress {
        Objects.requireNonNull(tls, "tls");
        if (host.isBlank() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("not an address of a control service: " + host + ":" + port);
        }
    }

    /** Under TLS, expecting the host's own name in the server's certificate. */
    public static ControlAddress secure(String host, int port, Path rootFile) {
        return new ControlAddress(host, port, Optional.of(new ServerTrust(rootFile, host)));
    }

    /** Without TLS, for development. */
    public static ControlAddress plaintext(String host, int port) {
        return new ControlAddress(host, port, Optional.empty());
    }

    /** The same place, expecting another name in the server's certificate. */
    public ControlAddress expecting(String serverName) {
        ServerTrust trust = tls.orElseThrow(
                () -> new IllegalArgumentException("a server name is expected under TLS only: " + this));
        return new ControlAddress(host, port, Optional.of(new ServerTrust(trust.rootFile(), serverName)));
    }

    /** Whether this names the machine itself, without asking DNS. */
    boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /**
     * How the server is recognised.
     *
     * @param rootFile PEM roots, read again for each connection
     * @param serverName the DNS name or address that its certificate must carry
     */
    public record ServerTrust(Path rootFile, String serverName) {

        public ServerTrust {
            Objects.requireNonNull(rootFile, "rootFile");
            Objects.requireNonNull(serverName, "serverName");
        }
    }

    @Override
    public String toString() {
        return host + ":" + port + (tls.isPresent() ? "" : " (plaintext)");
    }
}
