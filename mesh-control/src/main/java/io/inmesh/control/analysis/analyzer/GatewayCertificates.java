package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gateways of the same pods with the same certificate: a client that reuses an HTTP/2 connection meets the wrong one. */
final class GatewayCertificates implements Analyzer {

    @Override
    public String name() {
        return "gateway.CertificateAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Map<String, List<Item>> users = new LinkedHashMap<>();
        for (Item gateway : items.of("Gateway")) {
            gateway.spec().objects("servers").stream()
                    .map(server -> certificate(server.object("tls")))
                    .filter(certificate -> !certificate.isEmpty())
                    .distinct()
                    .forEach(certificate -> users.computeIfAbsent(certificate, unknown -> new ArrayList<>())
                            .add(gateway));
        }
        for (List<Item> gateways : users.values()) {
            for (Item gateway : gateways) {
                for (Item other : gateways) {
                    if (!gateway.fullName().equals(other.fullName()) && samePods(gateway, other)) {
                        add(gateway, other, report);
                    }
                }
            }
        }
    }

    private static void add(Item gateway, Item other, Report report) {
        report.add(
                Code.GATEWAY_DUPLICATE_CERTIFICATE,
                gateway,
                gateway.nameOrigin(),
                "Duplicate certificate in multiple gateways "
                        + Texts.list(List.of(gateway.fullName(), other.fullName()))
                        + " may cause 404s if clients re-use HTTP2 connections.");
    }

    private static String certificate(YamlNode.Mapping tls) {
        if (tls.has("credentialName")) {
            return "credential " + tls.text("credentialName");
        }
        boolean files = tls.has("serverCertificate") && tls.has("privateKey");
        return files ? "file " + tls.text("serverCertificate") + " " + tls.text("privateKey") : "";
    }

    private static boolean samePods(Item gateway, Item other) {
        return Selection.takes(gateway.spec().textMap("selector"), other.spec().textMap("selector"));
    }
}
