package io.inmesh.cli;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.yaml.YamlNode;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;

/** Certificates with how long they hold. Stateless. */
final class SecretTable {

    private static final int HEXADECIMAL = 16;

    private SecretTable() {}

    static TextTable of(ConfigDump dump, MeshClock clock) {
        TextTable table = new TextTable(
                "RESOURCE NAME", "TYPE", "STATUS", "VALID CERT", "SERIAL NUMBER", "NOT AFTER", "NOT BEFORE");
        for (YamlNode.Mapping secret : dump.secrets()) {
            boolean chain = secret.has("tls_certificate");
            YamlNode.Mapping source = chain
                    ? secret.object("tls_certificate").object("certificate_chain")
                    : secret.object("validation_context").object("trusted_ca");
            certificate(secret.text("name"), chain ? "Cert Chain" : "CA", source, table, clock);
        }
        return table.sorted();
    }

    private static void certificate(
            String name, String type, YamlNode.Mapping source, TextTable table, MeshClock clock) {
        try {
            byte[] pem = Base64.getMimeDecoder().decode(source.text("inline_bytes"));
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            Instant now = clock.now();
            Instant from = certificate.getNotBefore().toInstant();
            Instant to = certificate.getNotAfter().toInstant();
            boolean valid = !now.isBefore(from) && !now.isAfter(to);
            table.row(
                    name,
                    type,
                    "ACTIVE",
                    String.valueOf(valid),
                    certificate.getSerialNumber().toString(HEXADECIMAL),
                    to.toString(),
                    from.toString());
        } catch (CertificateException | IllegalArgumentException unreadable) {
            table.row(name, type, "WARMING", "false", "-", "-", "-");
        }
    }
}
