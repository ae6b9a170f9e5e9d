package io.inmesh.agent.sds;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.TransportSockets.CertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.Secret;
import io.inmesh.xds.envoy.TransportSockets.TlsCertificate;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One identity as Envoy's secrets, under the names of Istio's agent ({@code default}, {@code ROOTCA}) and of SPIRE's (the SPIFFE ID, its
 * trust domain). Files by name are not served: a caller would read through us what it may not read itself; the machine's own
 * roots are no secret, and are. Stateless.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/security/secret">Envoy, Secret discovery service</a>
 */
final class Secrets {

    private static final String SYSTEM_ROOTS = "file-root:system";
    private static final int LARGEST_ROOTS = 4 << 20;
    private static final List<Path> SYSTEM_BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private Secrets() {}

    /** The secret of a name; empty if this identity has none of that name. */
    static Optional<Message> find(String name, WorkloadIdentity identity) {
        if (name.equals("default") || name.equals(identity.id().uri())) {
            return Optional.of(certificate(name, identity));
        } else if (name.equals("ROOTCA")
                || name.equals("spiffe://" + identity.id().trustDomain())) {
            return Optional.of(roots(name, Bytes.utf8(Pem.certificates(identity.trustBundle()))));
        }
        return name.equals(SYSTEM_ROOTS) ? systemRoots().map(pem -> roots(name, pem)) : Optional.empty();
    }

    private static Message certificate(String name, WorkloadIdentity identity) {
        return Message.of(Secret.TYPE)
                .with(Secret.NAME, name)
                .with(
                        Secret.TLS_CERTIFICATE,
                        Message.of(TlsCertificate.TYPE)
                                .with(
                                        TlsCertificate.CERTIFICATE_CHAIN,
                                        inline(Bytes.utf8(Pem.certificates(identity.chain()))))
                                .with(TlsCertificate.PRIVATE_KEY, inline(Bytes.utf8(Pem.privateKey(identity.key())))));
    }

    private static Message roots(String name, Bytes pem) {
        return Message.of(Secret.TYPE)
                .with(Secret.NAME, name)
                .with(
                        Secret.VALIDATION_CONTEXT,
                        Message.of(CertificateValidationContext.TYPE)
                                .with(CertificateValidationContext.TRUSTED_CA, inline(pem)));
    }

    private static Message inline(Bytes content) {
        return Message.of(DataSource.TYPE).with(DataSource.INLINE_BYTES, content);
    }

    private static Optional<Bytes> systemRoots() {
        for (Path bundle : SYSTEM_BUNDLES) {
            try {
                if (Files.isReadable(bundle) && Files.size(bundle) <= LARGEST_ROOTS) {
                    return Optional.of(Bytes.copyOf(Files.readAllBytes(bundle)));
                }
            } catch (IOException e) {
                System.getLogger(Secrets.class.getName()).log(System.Logger.Level.DEBUG, "{0}: {1}", bundle, e);
            }
        }
        return Optional.empty();
    }
}
