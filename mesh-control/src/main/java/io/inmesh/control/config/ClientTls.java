package io.inmesh.control.config;

import java.util.List;
import java.util.Optional;

/**
 * Istio's ClientTLSSettings of a DestinationRule.
 *
 * @param subjectAltNames instead of those that the endpoints' service accounts give
 */
public record ClientTls(
        Mode mode,
        Optional<String> sni,
        List<String> subjectAltNames,
        Optional<String> clientCertificate,
        Optional<String> privateKey,
        Optional<String> caCertificates,
        boolean insecureSkipVerify) {

    /** Istio's TLSmode. */
    public enum Mode {
        DISABLE,
        SIMPLE,
        MUTUAL,
        ISTIO_MUTUAL
    }

    static ClientTls read(Fields tls) {
        for (String name : new String[] {"credentialName", "caCrl"}) {
            if (tls.has(name)) {
                throw tls.invalid(name, "is not supported yet, and without it the peer would be checked less");
            }
        }
        ClientTls read = new ClientTls(
                tls.choice("mode", Mode.class).orElse(Mode.DISABLE),
                tls.text("sni"),
                tls.texts("subjectAltNames"),
                tls.text("clientCertificate"),
                tls.text("privateKey"),
                tls.text("caCertificates"),
                tls.flag("insecureSkipVerify").orElse(false));
        if (read.mode == Mode.MUTUAL && (read.clientCertificate.isEmpty() || read.privateKey.isEmpty())) {
            throw tls.invalid("clientCertificate", "MUTUAL needs clientCertificate and privateKey");
        }
        return read;
    }
}
