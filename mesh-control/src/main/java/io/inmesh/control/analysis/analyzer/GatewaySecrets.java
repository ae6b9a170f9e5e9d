package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Secrets that gateways name, which must be where the gateway's pods are and hold a certificate. */
final class GatewaySecrets implements Analyzer {

    @Override
    public String name() {
        return "gateway.SecretAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        for (Item gateway : items.of("Gateway")) {
            Optional<String> namespace = GatewayPorts.podsOf(gateway.spec().textMap("selector"), items).stream()
                    .map(Item::namespace)
                    .findFirst();
            if (namespace.isEmpty()) {
                report.notFound(
                        gateway,
                        gateway.spec().originOf("selector"),
                        "selector",
                        Selection.text(gateway.spec().textMap("selector")));
                continue;
            }
            for (YamlNode.Mapping server : gateway.spec().objects("servers")) {
                YamlNode.Mapping tls = server.object("tls");
                if (tls.has("credentialName")) {
                    credential(gateway, tls, namespace.get(), items, report);
                }
            }
        }
    }

    private static void credential(Item gateway, YamlNode.Mapping tls, String namespace, Items items, Report report) {
        String name = tls.text("credentialName");
        Optional<Item> secret = items.find("Secret", namespace + "/" + name);
        if (secret.isEmpty()) {
            report.notFound(gateway, tls.originOf("credentialName"), "credentialName", name);
        } else if (!hasCertificate(secret.get())) {
            report.add(
                    Code.INVALID_GATEWAY_CREDENTIAL,
                    gateway,
                    tls.originOf("credentialName"),
                    "The credential referenced by the Gateway " + gateway.name() + " in namespace " + namespace
                            + " is invalid, which can cause the traffic not to work as expected.");
        }
    }

    private static boolean hasCertificate(Item secret) {
        for (String field : List.of("tls.crt", "cert")) {
            String plain = secret.root().object("stringData").text(field);
            String encoded = secret.root().object("data").text(field);
            if (!plain.isEmpty() || !encoded.isEmpty()) {
                try {
                    byte[] pem = plain.isEmpty()
                            ? Base64.getMimeDecoder().decode(encoded)
                            : plain.getBytes(StandardCharsets.UTF_8);
                    return !CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem))
                            .isEmpty();
                } catch (CertificateException | IllegalArgumentException notACertificate) {
                    return false;
                }
            }
        }
        return false;
    }
}
