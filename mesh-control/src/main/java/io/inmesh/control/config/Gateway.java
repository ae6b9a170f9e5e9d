package io.inmesh.control.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Istio's Gateway: what gateway workloads listen on.
 *
 * @param selector labels of the workloads; empty means every gateway
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/gateway/">Gateway</a>
 */
public record Gateway(Meta meta, Map<String, String> selector, List<Server> servers) implements Resource {

    private static final Set<String> HTTP = Set.of("HTTP", "HTTP2", "GRPC", "GRPC-WEB");
    private static final Set<String> OTHER = Set.of("HTTPS", "TLS", "TCP", "MONGO");

    /** What becomes of TLS at a server. */
    public enum TlsMode {
        /** The gateway ends it, with a certificate of its own. */
        SIMPLE,
        /** As SIMPLE, and the caller has to show a certificate. */
        MUTUAL,
        /** As SIMPLE, and the caller may show a certificate. */
        OPTIONAL_MUTUAL,
        /** As MUTUAL, with the identities of the mesh. */
        ISTIO_MUTUAL,
        /** It is led on unopened, by its server name. */
        PASSTHROUGH
    }

    /** How TLS is ended; credentialName is that of a Secret in the gateway's namespace. */
    public record Tls(TlsMode mode, String credentialName) {}

    /**
     * A port of the gateway.
     *
     * @param bind the address to listen on; empty for all
     * @param hosts as written: a host, or {@code <namespace>/<host>}
     * @param httpsRedirect whether plain requests are sent to https
     * @param leftOut whether it is not listened on, because something that keeps callers away is not supported yet
     */
    public record Server(
            int port,
            String portName,
            String protocol,
            String bind,
            List<String> hosts,
            Optional<Tls> tls,
            boolean httpsRedirect,
            String name,
            boolean leftOut) {

        /** Fields that let fewer callers in; without them a server would let in too many. */
        private static final List<String> STRICTER =
                List.of("subjectAltNames", "verifyCertificateSpki", "verifyCertificateHash", "caCrl");

        /** Whether it speaks HTTP in the clear. */
        public boolean plainHttp() {
            return !leftOut && HTTP.contains(protocol) && tls.isEmpty();
        }

        /** Whether it ends TLS and speaks HTTP inside of it. */
        public boolean https() {
            return !leftOut
                    && tls.isPresent()
                    && tls.get().mode() != TlsMode.PASSTHROUGH
                    && (protocol.equals("HTTPS") || HTTP.contains(protocol));
        }

        static Server read(Fields server) {
            Server port = server.object("port", Server::port).orElseThrow(() -> server.invalid("port", "is required"));
            List<String> hosts = server.texts("hosts");
            if (hosts.isEmpty()) {
                throw server.invalid("hosts", "is required");
            }
            boolean[] redirect = {false};
            boolean[] stricter = {false};
            Optional<Tls> tls = server.object("tls", fields -> tls(fields, redirect, stricter))
                    .flatMap(found -> found);
            if (port.protocol.equals("HTTPS") && tls.isEmpty()) {
                throw server.invalid("tls", "is required for HTTPS");
            }
            server.unsupported("defaultEndpoint");
            boolean passthrough =
                    tls.filter(found -> found.mode() == TlsMode.PASSTHROUGH).isPresent();
            if (passthrough || (!HTTP.contains(port.protocol) && !port.protocol.equals("HTTPS"))) {
                server.report()
                        .unsupported(
                                server.originOf("port"),
                                server.path() + ".port.protocol",
                                "only HTTP and HTTPS that ends here are supported yet: this server is left out");
            }
            return new Server(
                    port.port,
                    port.portName,
                    port.protocol,
                    server.text("bind").orElse(""),
                    hosts,
                    tls,
                    redirect[0],
                    server.text("name").orElse(""),
                    stricter[0] || passthrough);
        }

        private static Server port(Fields port) {
            int number = port.integer("number", 1, 65_535).orElseThrow(() -> port.invalid("number", "is required"));
            String protocol = port.required("protocol");
            if (!HTTP.contains(protocol) && !OTHER.contains(protocol)) {
                throw port.invalid("protocol", "'" + protocol + "' is none of " + HTTP + " and " + OTHER);
            }
            port.irrelevant("targetPort");
            return new Server(
                    number, port.required("name"), protocol, "", List.of(), Optional.empty(), false, "", false);
        }

        /** Without a mode the block may only ask for a redirect. */
        private static Optional<Tls> tls(Fields tls, boolean[] redirect, boolean[] stricter) {
            stricter[0] = STRICTER.stream().anyMatch(tls::has);
            redirect[0] = tls.flag("httpsRedirect").orElse(false);
            String written = tls.text("mode").orElse("");
            String credential = tls.text("credentialName").orElse("");
            tls.unsupported(
                    "serverCertificate",
                    "privateKey",
                    "caCertificates",
                    "caCrl",
                    "subjectAltNames",
                    "credentialNames",
                    "caCertCredentialName",
                    "verifyCertificateSpki",
                    "verifyCertificateHash",
                    "minProtocolVersion",
                    "maxProtocolVersion",
                    "cipherSuites",
                    "tlsCertificates");
            if (written.isEmpty() && credential.isEmpty()) {
                return Optional.empty();
            }
            if (written.equals("AUTO_PASSTHROUGH")) {
                throw tls.invalid("mode", "AUTO_PASSTHROUGH is not supported yet");
            }
            TlsMode mode = tls.choice("mode", TlsMode.class).orElse(TlsMode.SIMPLE);
            boolean needed = mode != TlsMode.PASSTHROUGH && mode != TlsMode.ISTIO_MUTUAL;
            if (needed && credential.isEmpty()) {
                throw tls.invalid("credentialName", "is required where the gateway ends TLS");
            }
            return Optional.of(new Tls(mode, credential));
        }
    }

    static Gateway read(Meta meta, Fields spec) {
        List<Server> servers = spec.list("servers", Server::read);
        if (servers.isEmpty()) {
            throw spec.invalid("servers", "is required");
        }
        return new Gateway(meta, spec.textMap("selector"), servers);
    }
}
