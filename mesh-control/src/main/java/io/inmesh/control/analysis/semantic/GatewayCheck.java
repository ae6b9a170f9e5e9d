package io.inmesh.control.analysis.semantic;

import java.util.HashSet;
import java.util.Set;

/** Gateway: servers, their ports, hosts and TLS. Stateless. */
final class GatewayCheck {

    private static final Set<String> TERMINATING = Set.of("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL");

    private GatewayCheck() {}

    static void check(Spot spec) {
        if (spec.objects("servers").isEmpty()) {
            spec.refuse("servers", "gateway must have at least one server");
        }
        Set<String> portNames = new HashSet<>();
        for (Spot server : spec.objects("servers")) {
            server(server);
            Spot port = server.object("port");
            port.refuseIf(
                    !portNames.add(port.text("name")),
                    "name",
                    "port names in servers must be unique: duplicate name " + port.text("name"));
        }
    }

    private static void server(Spot server) {
        server.refuseIf(
                server.value().texts("hosts").isEmpty(), "hosts", "server config must contain at least one host");
        for (String host : server.value().texts("hosts")) {
            HostNames.inNamespace(host, true).ifPresent(wrong -> server.refuse("hosts", wrong));
        }
        Spot port = server.object("port");
        String protocol = port.text("protocol");
        port.refuseIf(!Protocols.isKnown(protocol), "protocol", "invalid protocol \"" + protocol + "\"");
        boolean socket = server.text("bind").startsWith("unix://");
        if (!socket || port.value().integer("number", 0) > 0) {
            CommonChecks.port(port, "number");
        }
        port.refuseIf(
                socket && port.value().integer("number", 0) != 0,
                "number",
                "port number must be 0 for unix domain socket");
        server.refuseIf(
                !socket && server.has("bind") && !Addresses.isAddress(server.text("bind")),
                "bind",
                server.text("bind") + " is not a valid IP");
        port.refuseIf(port.value().integer("targetPort", 0) > 0, "targetPort", "targetPort has no impact on Gateways");
        port.refuseIf(port.text("name").isEmpty(), "name", "port name must be set");
        Spot tls = server.object("tls");
        suits(server, tls, protocol);
        if (server.has("tls")) {
            tls(tls);
        }
    }

    private static void suits(Spot server, Spot tls, String protocol) {
        boolean redirect = tls.text("httpsRedirect").equals("true");
        if (Protocols.isTls(protocol)) {
            server.refuseIf(!server.has("tls"), "tls", "server must have TLS settings for HTTPS/TLS protocols");
        } else if (server.has("tls") && Protocols.isHttp(protocol)) {
            boolean files = tls.hasAny("caCertificates", "privateKey", "serverCertificate");
            boolean passthrough = tls.text("mode").isEmpty() || tls.text("mode").equals("PASSTHROUGH");
            server.refuseIf(!passthrough || files, "tls", "server cannot have TLS settings for plain text HTTP ports");
        } else if (server.has("tls")) {
            server.refuse("tls", "server cannot have TLS settings for non HTTPS/TLS ports");
        }
        if (redirect && !Protocols.isHttp(protocol)) {
            tls.warn("httpsRedirect", "tls.httpsRedirect should only be used with http servers");
        }
    }

    static void tls(Spot tls) {
        String mode = tls.text("mode");
        if (mode.equals("ISTIO_MUTUAL")) {
            for (String field : new String[] {
                "serverCertificate",
                "privateKey",
                "caCertificates",
                "tlsCertificates",
                "credentialName",
                "credentialNames"
            }) {
                tls.refuseIf(tls.has(field), field, "ISTIO_MUTUAL TLS cannot have associated " + field);
            }
            return;
        }
        oldVersions(tls);
        int sources = 0;
        sources += tls.has("serverCertificate") && tls.has("privateKey") ? 1 : 0;
        sources += tls.has("credentialName") ? 1 : 0;
        sources += tls.has("credentialNames") ? 1 : 0;
        sources += tls.has("tlsCertificates") ? 1 : 0;
        tls.refuseIf(
                sources > 1,
                "",
                "only one of credentialName, credentialNames, serverCertificate/privateKey, tlsCertificates should be specified");
        boolean credential = tls.hasAny("credentialName", "credentialNames");
        // Without a mode a server passes TLS through, as Istio's first value says.
        if (TERMINATING.contains(mode) && !credential) {
            files(tls, mode);
        }
        tls.refuseIf(
                tls.has("caCrl") && tls.has("credentialName"), "caCrl", "CRL has to be specified in the credential");
        tls.refuseIf(tls.has("caCrl") && mode.equals("SIMPLE"), "caCrl", "CRL is not supported with SIMPLE TLS");
    }

    private static void files(Spot tls, String mode) {
        boolean mutual = !mode.equals("SIMPLE");
        String name = mutual ? "MUTUAL TLS" : "SIMPLE TLS";
        tls.refuseIf(mutual && !tls.has("caCertificates"), "caCertificates", name + " requires a client CA bundle");
        if (tls.objects("tlsCertificates").isEmpty()) {
            pair(tls, name);
        } else {
            tls.objects("tlsCertificates").forEach(certificate -> pair(certificate, name));
        }
    }

    private static void pair(Spot certificate, String name) {
        certificate.refuseIf(
                !certificate.has("serverCertificate"), "serverCertificate", name + " requires a server certificate");
        certificate.refuseIf(!certificate.has("privateKey"), "privateKey", name + " requires a private key");
    }

    private static void oldVersions(Spot tls) {
        String least = tls.text("minProtocolVersion");
        if ((least.equals("TLSV1_0") || least.equals("TLSV1_1"))
                && tls.value().texts("cipherSuites").isEmpty()) {
            tls.warn("minProtocolVersion", "TLS versions below TLSV1_2 require setting compatible cipherSuites");
        }
        Set<String> seen = new HashSet<>();
        for (String suite : tls.value().texts("cipherSuites")) {
            if (!seen.add(suite)) {
                tls.warn("cipherSuites", "ignoring duplicate cipher suite " + suite);
            }
        }
    }
}
